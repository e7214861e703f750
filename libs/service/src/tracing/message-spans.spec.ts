import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { encodeEnvelope, type OutgoingMessage, type Publisher, traced } from '@waybill/messaging';
import { MessageSpans } from './message-spans';
import { type OpenTracer, openTracer } from './open-tracer';
import type { TracingConfig } from './tracing-config';

const place = { topic: 'orders.commands', partition: 3, offset: 17 };
const message = { type: 'orders.place-order.v1', id: 'm-1', correlationId: 'checkout-1' };
const traceId = '0af7651916cd43dd8448eb211c80319c';
const parent = (flags: string) => `00-${traceId}-b7ad6b7169203331-${flags}`;
const fact = (traceparent?: string): OutgoingMessage => ({
  topic: 'orders.events',
  key: 'k',
  value: Buffer.from(
    encodeEnvelope({ id: 'a/1', type: 'orders.order-placed.v1', source: 'orders', traceparent, data: {} }),
  ),
});

let exporter: InMemorySpanExporter;
let open: OpenTracer | undefined;
let spans: MessageSpans;
async function start(config: Partial<TracingConfig> = {}): Promise<void> {
  await open?.close();
  exporter = new InMemorySpanExporter();
  // what the exporter was given is gone once it is shut down
  exporter.shutdown = async () => {};
  open = await openTracer({
    protocol: 'http/json',
    sampler: 'parentbased_always_on',
    ratio: 1,
    service: 'orders',
    onFault: () => {},
    exporter,
    ...config,
  });
  spans = new MessageSpans(open.tracer);
}
beforeEach(() => start());
afterAll(() => open?.close());

async function ended(): Promise<readonly ReadableSpan[]> {
  await open?.close();
  return exporter.getFinishedSpans();
}

it('makes a consumer span below that of the sender, and hands on itself', async () => {
  const caused = spans.begin(place, { ...message, traceparent: parent('01') });
  spans.result(place, { outcome: 'refused', key: 'order_cancelled', aggregateId: 'a' });
  spans.end([place]);
  const [span, ...more] = await ended();
  expect(more).toEqual([]);
  expect(caused).toBe(`00-${traceId}-${span?.spanContext().spanId}-01`);
  expect(span?.parentSpanContext).toMatchObject({ traceId, spanId: 'b7ad6b7169203331', isRemote: true });
  expect(span).toMatchObject({
    name: 'process orders.commands',
    kind: SpanKind.CONSUMER,
    status: { code: SpanStatusCode.UNSET },
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders.commands',
      'messaging.destination.partition.id': '3',
      'kafka.offset': 17,
      'messaging.message.id': 'm-1',
      'messaging.message.conversation_id': 'checkout-1',
      'cloudevents.event_type': 'orders.place-order.v1',
      'waybill.outcome': 'refused',
      'waybill.outcome.key': 'order_cancelled',
      'waybill.aggregate.id': 'a',
    },
  });
  expect(span?.resource.attributes).toMatchObject({ 'service.name': 'orders' });
});

it.each([undefined, 'nonsense', parent('01').toUpperCase()])(
  'begins a trace where the sender names none, but %s',
  async (traceparent) => {
    const caused = spans.begin(place, { ...message, ...(traceparent ? { traceparent } : {}) });
    spans.end([place]);
    const [span] = await ended();
    expect(span?.parentSpanContext).toBeUndefined();
    expect(caused).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  },
);

it('says of an error what it is, never what it tells', async () => {
  const failing = traced(spans, [place], async () => {
    spans.begin(place, message);
    throw new TypeError('Alex Example is no number');
  });
  await expect(failing).rejects.toThrow('Alex Example');
  const [span] = await ended();
  expect(span).toMatchObject({
    status: { code: SpanStatusCode.ERROR },
    attributes: { 'error.type': 'TypeError' },
  });
  expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('Alex');
});

it('makes one more span when a message is tried again', async () => {
  for (const attempt of [1, 2])
    await traced(spans, [place], async () => {
      spans.begin(place, { ...message, traceparent: parent('01') });
      if (attempt === 1) throw new Error('away');
    }).catch(() => undefined);
  const all = await ended();
  expect(all.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.UNSET]);
  expect(all.map((span) => span.parentSpanContext?.spanId)).toEqual(['b7ad6b7169203331', 'b7ad6b7169203331']);
});

it.each<Partial<TracingConfig>>([
  { sampler: 'always_off' },
  { sampler: 'traceidratio', ratio: 0 },
  { sampler: 'parentbased_traceidratio', ratio: 0 },
])('sends nothing by %j, and tells those who come after', async (config) => {
  await start(config);
  expect(spans.begin(place, message)).toMatch(/-00$/);
  spans.result(place, { outcome: 'accepted' });
  spans.end([place]);
  expect(await ended()).toEqual([]);
});

it('leaves a trace out that its sender leaves out', async () => {
  expect(spans.begin(place, { ...message, traceparent: parent('00') })).toMatch(`00-${traceId}-`);
  spans.end([place]);
  expect(await ended()).toEqual([]);
});

describe('publishing', () => {
  const published: OutgoingMessage[][] = [];
  const publisher: Publisher = {
    publish: async (messages) => void published.push([...messages]),
    reply: async () => {},
  };

  it('has a producer span for each cause and topic', async () => {
    const other = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    const messages = [fact(parent('01')), fact(), fact(other), fact(parent('01'))];
    await spans.publisher(publisher).publish(messages);
    expect(published.at(-1)).toEqual(messages);
    expect(
      (await ended()).map(({ name, kind, parentSpanContext, attributes }) => [
        name,
        kind,
        parentSpanContext?.spanId,
        attributes['messaging.batch.message_count'],
      ]),
    ).toEqual([
      ['send orders.events', SpanKind.PRODUCER, 'b7ad6b7169203331', 2],
      ['send orders.events', SpanKind.PRODUCER, '2'.repeat(16), 1],
    ]);
  });

  it('that fails says so, to the caller as well', async () => {
    const broken: Publisher = { ...publisher, publish: () => Promise.reject(new RangeError('too large')) };
    await expect(spans.publisher(broken).publish([fact(parent('01'))])).rejects.toThrow('too large');
    const [span] = await ended();
    expect(span?.attributes['error.type']).toBe('RangeError');
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
  });
});

it('registers nothing globally', () => {
  expect(trace.getTracer('x').startSpan('y').isRecording()).toBe(false);
});
