import {
  encodeEnvelope,
  type InputRecord,
  OriginSigner,
  type OutgoingMessage,
  type Tracing,
} from '@waybill/messaging';
import { NewerVersionError } from './aggregate-store';
import { reactionsHandler } from './reactions';

const signer = new OriginSigner('a-key-for-the-reactions-0123456789abcdef');
const target = { aggregateId: 'parcel-1', key: 'order-1' };
const unnamed = { loc: ['data', 'order_id'], field: 'order_id', msg: 'is required', type: 'isDefined' };

const fact = (type: string, sequence: number, data: object = { order_id: 'order-1' }): InputRecord => ({
  topic: 'orders.events',
  partition: 0,
  offset: sequence,
  timestampMs: 0,
  key: Buffer.from('order-1'),
  value: Buffer.from(
    encodeEnvelope({
      id: `order-1/${sequence}`,
      type,
      source: 'orders',
      subject: 'order-1',
      sequence,
      time: '2026-01-10T08:00:05.000Z',
      correlationid: 'm-01',
      causationid: 'm-01',
      data,
    }),
  ),
  headers: {},
});

function handler(on = 'samples.placed.v1', tracing?: Tracing) {
  const published: OutgoingMessage[] = [];
  const alarms: unknown[] = [];
  const handle = reactionsHandler({
    service: 'shipments',
    group: 'shipments.reactions',
    commandTopic: 'shipments.commands',
    partitions: 12,
    reactions: [
      {
        on,
        faultsOf: (data) => ((data as { order_id?: string }).order_id ? [] : [unnamed]),
        react: ({ data }) => [
          { type: 'shipments.draft-shipment.v1', target, data: { ...(data as object), ordinal: 1 } },
        ],
      },
    ],
    publisher: {
      publish: (messages) => Promise.resolve(void published.push(...messages)),
      reply: () => Promise.resolve(),
    },
    signer,
    onAlarm: (alarm) => alarms.push(alarm),
    ...(tracing ? { tracing } : {}),
  });
  const context = {
    topic: 'orders.events',
    partition: 0,
    session: 's',
    highWatermark: 0,
    heartbeat: () => Promise.resolve(),
    isStale: () => false,
  };
  return { published, alarms, handle: (records: InputRecord[]) => handle(records, context) };
}

it('makes a command that carries where it comes from', async () => {
  const { published, handle } = handler();
  await handle([fact('samples.placed.v1', 1), fact('orders.order-attributed.v1', 2)]);
  expect(published).toHaveLength(1);
  const [message] = published;
  expect(JSON.parse(String(message?.value))).toEqual({
    specversion: '1.0',
    id: 'order-1/1/parcel-1',
    type: 'shipments.draft-shipment.v1',
    source: 'shipments',
    subject: 'parcel-1',
    time: '2026-01-10T08:00:05.000Z',
    correlationid: 'm-01',
    causationid: 'order-1/1',
    data: { order_id: 'order-1', ordinal: 1 },
  });
  expect(message?.key).toBe('order-1');
  expect(
    signer.read(message?.headers ?? {}, {
      source: 'shipments',
      id: 'order-1/1/parcel-1',
      type: 'shipments.draft-shipment.v1',
      value: message?.value ?? '',
    }),
  ).toEqual({
    kind: 'genuine',
    handedOn: {
      origin: { detour: 'reaction', stream: 'shipments.reactions/order-1', offset: 1, item: 0, n: 0 },
      target,
      time: '2026-01-10T08:00:05.000Z',
    },
  });
});
it('makes a command of a fact part of its trace, and leaves out a fact that nothing follows from', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const tracing: Tracing = {
    begin: ({ offset }) => `span ${begun.push(offset)}`,
    result: () => {},
    end: (places) => void ended.push(...places.map(({ offset }) => offset)),
    publisher: (publisher) => publisher,
  };
  const { published, handle } = handler('samples.placed.v1', tracing);
  await handle([fact('orders.order-attributed.v1', 1), fact('samples.placed.v1', 2)]);
  expect(published.map(({ value }) => JSON.parse(String(value)) as object)).toMatchObject([
    { traceparent: 'span 1' },
  ]);
  expect([begun, ended]).toEqual([[2], [1, 2]]);
});
it('hands on every copy: its target drops the repeats', async () => {
  const { published, handle } = handler();
  const placed = fact('samples.placed.v1', 1);
  await handle([placed, placed]);
  expect(published).toHaveLength(2);
  expect(published[0]).toEqual(published[1]);
});
it('waits for a release that knows a newer version of its fact, and ignores strangers', async () => {
  const { published, handle } = handler();
  await expect(handle([fact('samples.placed.v2', 1)])).rejects.toThrow(NewerVersionError);
  await handle([fact('orders.order-repainted.v9', 1)]);
  expect(published).toEqual([]);
});
it('skips a fact without what the reaction uses of it, with an alarm', async () => {
  const { published, alarms, handle } = handler();
  await handle([fact('samples.placed.v1', 1, {})]);
  expect(published).toEqual([]);
  expect(alarms).toMatchObject([{ kind: 'unreadable', partition: 0, offset: 1, reasons: [unnamed] }]);
});
it('skips what is no fact, with an alarm', async () => {
  const { published, alarms, handle } = handler();
  await handle([
    { ...fact('samples.placed.v1', 1), value: Buffer.from('junk') },
    fact('samples.placed.v1', 2),
  ]);
  expect(published).toHaveLength(1);
  expect(alarms).toMatchObject([{ kind: 'unreadable', topic: 'orders.events', partition: 0, offset: 1 }]);
});
