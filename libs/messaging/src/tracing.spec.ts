import { encodeEnvelope } from './envelope';
import { traced, traceIdOf, traceparentIn, type Tracing } from './tracing';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const envelope = { id: 'a/1', type: 'orders.order-placed.v1', source: 'orders', data: {} };

it('finds the traceparent of an envelope that we made, as text and as bytes', () => {
  const value = encodeEnvelope({ ...envelope, subject: 'ä', traceparent });
  expect(traceparentIn(value)).toBe(traceparent);
  expect(traceparentIn(Buffer.from(value))).toBe(traceparent);
  expect(traceIdOf(traceparentIn(value))).toBe('0af7651916cd43dd8448eb211c80319c');
});

it.each([
  ['none', encodeEnvelope(envelope)],
  ['one in a text', encodeEnvelope({ ...envelope, subject: `"traceparent":"${traceparent}"` })],
  ['one that no sender could have', encodeEnvelope({ ...envelope, traceparent: 'whatever' })],
  ['no value', null],
])('finds nothing where there is %s', (_, value) => {
  expect(traceparentIn(value)).toBeUndefined();
  expect(traceIdOf(traceparentIn(value))).toBeUndefined();
});

describe('work that is traced', () => {
  const places = [{ topic: 't', partition: 0, offset: 0 }];
  const ends: unknown[][] = [];
  const tracing = { end: (...end: unknown[]) => void ends.push(end) } as unknown as Tracing;
  beforeEach(() => ends.splice(0));

  it('ends with what it came to', async () => {
    expect(await traced(tracing, places, async () => 7)).toBe(7);
    expect(ends).toEqual([[places]]);
  });
  it('ends with its error, which goes on', async () => {
    const error = new Error('away');
    await expect(traced(tracing, places, () => Promise.reject(error))).rejects.toBe(error);
    expect(ends).toEqual([[places, error]]);
  });
});
