import { topicMessageBytes } from '@waybill/contracts';
import { type DeadLetter, deadLetterId, deadLetterMessage, readDeadLetter } from './dead-letter';
import { OriginSigner } from './origin';
import { type InputRecord, messageBytes, type OutgoingMessage } from './record';
import { sampleRecord } from './sample-record';
import { baseStream, lateStream, reactionStream } from './streams';

const stream = baseStream('cluster', 'orders.commands', 1, 3);

const letter = (record: InputRecord, more: Partial<DeadLetter> = {}): DeadLetter => ({
  kind: 'refused',
  key: 'validation_error',
  message: '1 field is not valid',
  reasons: [
    { loc: ['data', 'order', 'segments', 0], field: 'order.segments.0', msg: 'is no text', type: 'isString' },
  ],
  stream,
  offset: 41,
  item: 0,
  n: 0,
  record,
  ...more,
});

/** The record that a broker makes of it. */
function stored(message: OutgoingMessage): InputRecord {
  const headers = Object.entries(message.headers ?? {}).map(([name, text]) => [name, Buffer.from(text)]);
  const key = message.key === null ? null : Buffer.from(message.key);
  const value = message.value === null ? null : Buffer.from(message.value);
  return {
    topic: message.topic,
    partition: 0,
    offset: 0,
    timestampMs: 0,
    key,
    value,
    headers: Object.fromEntries(headers),
  };
}

const roundTrip = (one: DeadLetter) => readDeadLetter(stored(deadLetterMessage('orders.dead-letters', one)));

it('keeps the bytes of key, value and headers', () => {
  const record = sampleRecord(Buffer.from([0x7b, 0xff, 0x00]), {
    headers: { trace: Buffer.from([1, 2]), ce_id: 'x' },
  });
  const one = letter(record, {
    kind: 'failed',
    stack: 'Error: boom\n  at decide',
    item: 2,
    items: 5,
    n: 1,
    parked: {
      aggregateId: 'c376e889',
      numbering: 'orders.commands/3/40,0',
      since: 'orders.commands/3/40',
      number: 7,
      givenUp: true,
    },
  });
  expect(roundTrip(one)).toEqual({
    ...one,
    id: 'orders.commands/3/41/2',
    leftOut: [],
    record: { ...record, headers: { trace: Buffer.from([1, 2]), ce_id: Buffer.from('x') } },
  });
});

it.each([
  ['a record', { stream }, 'orders.commands/3/41'],
  ['what waited or was sent back', { stream: lateStream(stream), n: 2 }, 'orders.commands/3/41'],
  ['an item of a bulk, the first too', { items: 3 }, 'orders.commands/3/41/0'],
  [
    'a command of a reaction',
    { stream: reactionStream('orders.reactions', '292727cf') },
    'orders.reactions/292727cf/41',
  ],
])('has one id for every copy of %s', (_what, more, id) => {
  expect(deadLetterId(letter(sampleRecord(), more))).toBe(id);
});

it('tells apart what a reaction made of one fact for several aggregates', () => {
  const signer = new OriginSigner('a-key-for-the-dead-letters-0123456789');
  const reaction = reactionStream('orders.reactions', '292727cf');
  const idOf = (aggregateId: string, from: string, n: number) => {
    const origin = { detour: 'reaction' as const, stream: from, offset: 41, item: 0, n };
    const headers = signer.headers(
      { origin, target: { aggregateId, key: 'k' }, time: '' },
      { source: 'orders', id: 'c', type: 't', value: '{}' },
    );
    return deadLetterId(letter(sampleRecord('{}', { headers }), { stream: from, n }));
  };
  expect(idOf('c376e889', reaction, 0)).toBe('orders.reactions/292727cf/41/c376e889');
  expect(idOf('d36f71f1', reaction, 0)).toBe('orders.reactions/292727cf/41/d36f71f1');
  expect(idOf('d36f71f1', lateStream(reaction), 1)).toBe('orders.reactions/292727cf/41/d36f71f1');
});

it('tells a tombstone from a body that was left out', () => {
  expect(roundTrip(letter(sampleRecord(null)))).toMatchObject({ leftOut: [], record: { value: null } });
});

it('leaves the body out when the topic would not take it, and says so', () => {
  const whole = letter(sampleRecord(Buffer.alloc(topicMessageBytes - 16 * 1024, 'x')));
  expect(roundTrip(whole).leftOut).toEqual([]);
  const message = deadLetterMessage(
    'orders.dead-letters',
    letter(sampleRecord(Buffer.alloc(topicMessageBytes - 100, 'x'))),
  );
  expect(message.value).toBeNull();
  expect(readDeadLetter(stored(message))).toMatchObject({ id: 'orders.commands/3/41', leftOut: ['value'] });
});

it('fits whatever comes: a huge key, a header flood, endless reasons and stacks', () => {
  const reasons = Array.from({ length: 5000 }, (_, i) => ({
    loc: ['data', i],
    field: String(i),
    msg: 'is wrong',
    type: 'x',
  }));
  const headers = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`h${i}`, Buffer.alloc(1000)]));
  const record = sampleRecord(Buffer.alloc(topicMessageBytes - 400_000), {
    key: Buffer.alloc(50_000),
    headers,
  });
  const long = letter(record, { reasons, message: 'x'.repeat(100_000), stack: 'y'.repeat(100_000) });
  const message = deadLetterMessage('orders.dead-letters', long);
  expect(messageBytes(message)).toBeLessThan(topicMessageBytes);
  const read = readDeadLetter(stored(message));
  expect(read.leftOut).toEqual(['headers', 'key']);
  expect(Object.keys(read.record.headers)).toHaveLength(36);
  expect(read.reasons[0]).toEqual(reasons[0]);
  expect(read.record.value).toHaveLength(record.value?.length ?? 0);
});

it('keeps the origin beside as many headers as a caller may send', () => {
  const own = { 'waybill-origin': '{}', 'waybill-signature': 'x' };
  const headers = { ...Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`h${i}`, 'x'])), ...own };
  const read = roundTrip(letter(sampleRecord('{}', { headers })));
  expect(read.leftOut).toEqual([]);
  expect(Object.keys(read.record.headers)).toEqual(Object.keys(headers));
});

it('cannot be made to lie by headers that look like ours', () => {
  const record = sampleRecord('{}', {
    headers: {
      'waybill-dl-kind': 'failed',
      'waybill-dl-n': '9',
      'waybill-dl-stack': 'x',
      'waybill-dl-parked': '{}',
    },
  });
  const read = roundTrip(letter(record));
  expect(read).toMatchObject({ kind: 'refused', n: 0, record: { headers: {} } });
  expect(read).not.toHaveProperty('stack');
  expect(read).not.toHaveProperty('parked');
});

it('refuses to read a record that is no dead letter', () => {
  expect(() => readDeadLetter(sampleRecord())).toThrow('waybill-dl-kind');
});
