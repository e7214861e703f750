import { lateStream, OriginSigner, readDeadLetter } from '@waybill/messaging';
import { cancelRecord, commandStream, storedDeadLetter } from './dead-letters.fixture';
import { discardMessage, redriveMessage } from './redrive';

const signer = new OriginSigner('a-signing-key-of-more-than-32-characters');
const redriven = (...stored: Parameters<typeof storedDeadLetter>) =>
  redriveMessage(readDeadLetter(storedDeadLetter(...stored)), 'orders.commands', signer);
const messageOf = (...stored: Parameters<typeof storedDeadLetter>) => {
  const made = redriven(...stored);
  if (!made.ok) throw new Error(made.because);
  return made.message;
};
const originOf = (message: ReturnType<typeof messageOf>, id = 'm-18') => {
  const value = message.value ?? '';
  const { type } = JSON.parse(String(value)) as { type: string };
  const read = signer.read(message.headers ?? {}, { source: 'portal', id, type, value });
  return read.kind === 'genuine' ? read.handedOn : read.kind;
};

describe('a redriven message', () => {
  it('is the original with a signed origin that counts one redrive more', () => {
    const message = messageOf();
    expect(message).toMatchObject({ topic: 'orders.commands', key: Buffer.from('demo-shop/10001') });
    expect(message.value?.toString()).toBe(cancelRecord().value?.toString());
    expect(message.headers).toMatchObject({ 'x-trace': Buffer.from('t-1') });
    expect(originOf(message)).toEqual({
      origin: { detour: 'late', stream: lateStream(commandStream), offset: 42, item: 0, n: 1 },
      time: '2026-01-19T10:00:00.000Z',
    });
  });

  it('carries no header of the dead letter', () => {
    expect(Object.keys(messageOf().headers ?? {}).filter((name) => name.startsWith('waybill-dl-'))).toEqual(
      [],
    );
  });

  it('is the same when it is made twice of one dead letter, so the second one is dropped', () => {
    expect(messageOf()).toEqual(messageOf());
  });

  it('is another one after it has failed again', () => {
    expect(originOf(messageOf({ n: 1 }))).toMatchObject({ origin: { n: 2 } });
  });

  it('keeps the target and the command times of one that was handed on before', () => {
    const target = { aggregateId: 'a-1', key: 'demo-shop/10001' };
    const handedOn = {
      origin: { detour: 'rekeyed', stream: `${commandStream}/rekeyed`, offset: 42, item: 0, n: 0 },
      target,
      time: '2026-01-01T00:00:00.000Z',
      saidAt: '2025-12-31T00:00:00.000Z',
    } as const;
    const value = cancelRecord().value ?? '';
    const command = { source: 'portal', id: 'm-18', type: 'orders.cancel-order.v1', value };
    const record = cancelRecord({ headers: signer.headers(handedOn, command) });
    const message = messageOf({ record, stream: handedOn.origin.stream });
    expect(message.key).toBe('demo-shop/10001');
    expect(originOf(message)).toMatchObject({
      origin: { detour: 'late', stream: lateStream(commandStream) },
      target,
      time: '2026-01-01T00:00:00.000Z',
      saidAt: '2025-12-31T00:00:00.000Z',
    });
  });

  it('takes the time of the record where the command has none', () => {
    const value = Buffer.from(
      cancelRecord()
        .value?.toString()
        .replace(/"time":"[^"]*",/, '') ?? '',
    );
    expect(originOf(messageOf({ record: cancelRecord({ value }) }))).toMatchObject({
      time: '2026-01-19T10:00:01.000Z',
    });
  });

  it('goes back to its own partition when it had no key', () => {
    expect(messageOf({ record: cancelRecord({ key: null }) })).toMatchObject({ key: null, partition: 3 });
  });

  it('is one item, not the whole bulk, when one item was refused', () => {
    const bulk = {
      specversion: '1.0',
      id: 'b-1',
      source: 'portal',
      type: 'orders.bulk-fulfil-orders.v1',
      data: { shop_slug: 'demo-shop', items: [{ id: '1' }, { id: '2', trackings: [] }] },
    };
    const record = cancelRecord({ value: Buffer.from(JSON.stringify(bulk)) });
    const message = messageOf({ record, item: 1, items: 2 });
    expect(JSON.parse(message.value?.toString() ?? '')).toMatchObject({
      id: 'b-1/1',
      type: 'orders.upsert-order.v1',
      correlationid: 'b-1',
      data: { shop_slug: 'demo-shop', id: '2', trackings: [] },
    });
    expect(originOf(message, 'b-1/1')).toMatchObject({ origin: { offset: 42, item: 1, n: 1 }, items: 2 });
  });
});

describe('a parked letter', () => {
  const parked = {
    aggregateId: 'o-1',
    numbering: 'orders.commands/3/40,0',
    since: 'orders.commands/3/40',
    number: 2,
  };

  it('goes straight back to its place in the line of its aggregate', () => {
    const message = messageOf({ parked });
    expect(message.key).toBe('demo-shop/10001');
    expect(originOf(message)).toMatchObject({
      origin: { offset: 42, n: 1 },
      target: { aggregateId: 'o-1', key: 'demo-shop/10001' },
      parked,
    });
  });

  it('is still one that was kept', () => {
    const handedOn = {
      origin: { detour: 'late', stream: lateStream(commandStream), offset: 42, item: 0, n: 0 },
      target: { aggregateId: 'o-1', key: 'demo-shop/10001' },
      time: '2026-01-01T00:00:00.000Z',
      kept: true,
    } as const;
    const value = cancelRecord().value ?? '';
    const command = { source: 'portal', id: 'm-18', type: 'orders.cancel-order.v1', value };
    const record = cancelRecord({ headers: signer.headers(handedOn, command) });
    const message = messageOf({ record, stream: handedOn.origin.stream, parked });
    expect(originOf(message)).toMatchObject({ kept: true, parked, time: handedOn.time });
  });

  it('says that it was given up, and goes on saying so', () => {
    const letter = readDeadLetter(storedDeadLetter({ parked }));
    const made = discardMessage(letter, 'orders.commands', signer);
    expect(made.ok ? originOf(made.message) : made.because).toMatchObject({
      parked: { ...parked, givenUp: true },
    });
    expect(originOf(messageOf({ parked: { ...parked, givenUp: true } }))).toMatchObject({
      parked: { givenUp: true },
    });
  });

  it('is the only one that can be given up', () => {
    expect(discardMessage(readDeadLetter(storedDeadLetter()), 'orders.commands', signer)).toEqual({
      ok: false,
      because: expect.stringMatching(/nothing is parked behind it/),
    });
  });
});

describe('what cannot be redriven', () => {
  it.each([
    { what: 'is not readable', record: { value: Buffer.from('{"specver') }, because: /still cannot be read/ },
    {
      what: 'has an origin that somebody else has signed',
      record: { headers: { 'waybill-origin': '{}', 'waybill-signature': 'x' } },
      because: /not signed with this key/,
    },
    {
      what: 'has a time far ahead',
      record: { timestampMs: Date.parse('2025-01-01T00:00:00Z') },
      because: /its time is more than 24 hours ahead/,
    },
    {
      what: 'lost its body',
      record: { value: Buffer.alloc(2 * 1024 * 1024) },
      because: /too large to be kept/,
    },
  ])('is a message that $what', ({ record, because }) => {
    const made = redriven({ record: cancelRecord(record) });
    expect(made).toEqual({ ok: false, because: expect.stringMatching(because) });
  });
});
