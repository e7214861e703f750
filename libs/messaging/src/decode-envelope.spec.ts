import { callerMessageBytes, topicMessageBytes } from '@waybill/contracts';
import { CloudEvent, Kafka } from 'cloudevents';
import { decodeEnvelope } from './decode-envelope';
import { encodeEnvelope, type Envelope } from './envelope';
import type { InputRecord } from './record';
import { sampleEnvelope, sampleRecord } from './sample-record';

const { specversion: _, ...sample } = sampleEnvelope;
const structured = 'application/cloudevents+json; charset=UTF-8';

function faults(record: InputRecord): string[] {
  const decoded = decodeEnvelope(record);
  return decoded.ok ? [] : decoded.reasons.map(({ loc, type }) => `${loc.join('.')}: ${type}`);
}

const without = (name: keyof typeof sampleEnvelope) => ({ ...sampleEnvelope, [name]: undefined });

describe('decodeEnvelope understands', () => {
  it.each([
    ['no content type', {}],
    ['the structured content type', { 'content-type': structured }],
    ['plain JSON', { 'content-type': 'application/json' }],
    ['headers as text', { 'content-type': Buffer.from('APPLICATION/CLOUDEVENTS+JSON') }],
  ])('structured mode with %s', (_what, headers) => {
    expect(decodeEnvelope(sampleRecord(sampleEnvelope, { headers }))).toEqual({ ok: true, envelope: sample });
  });

  it('binary mode, of whose repeated headers the last counts', () => {
    const headers = {
      ce_specversion: '1.0',
      ce_id: [Buffer.from('old'), Buffer.from('4c1f')],
      ce_type: sample.type,
      ce_source: sample.source,
      ce_subject: sample.subject,
      ce_time: sample.time,
      ce_sequence: '12',
      'content-type': 'application/json',
    };
    expect(decodeEnvelope(sampleRecord(sample.data, { headers }))).toEqual({
      ok: true,
      envelope: { ...sample, sequence: 12 },
    });
  });

  it.each(['structured', 'binary'] as const)('what the CloudEvents SDK makes in %s mode', (mode) => {
    const event = new CloudEvent({ ...sample, datacontenttype: 'application/json', data: sample.data });
    const { headers, value } = Kafka[mode](event);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const decoded = decodeEnvelope(sampleRecord(text, { headers }));
    expect(decoded).toMatchObject({
      ok: true,
      envelope: { id: sample.id, type: sample.type, data: sample.data },
    });
  });

  it('attributes that it does not know, null ones, and a byte order mark', () => {
    const value = `\uFEFF${JSON.stringify({ ...sampleEnvelope, dataschema: 'x', custom: 1, correlationid: null })}`;
    expect(decodeEnvelope(sampleRecord(value))).toEqual({ ok: true, envelope: sample });
  });

  it('what encodeEnvelope wrote, whose members always come in one order', () => {
    const envelope: Envelope = { data: { a: 1 }, sequence: 2, type: 't', source: 's', id: 'i' };
    const text = encodeEnvelope(envelope);
    expect(text).toBe('{"specversion":"1.0","id":"i","type":"t","source":"s","sequence":2,"data":{"a":1}}');
    expect(decodeEnvelope(sampleRecord(text))).toEqual({ ok: true, envelope });
  });
});

const nested = (levels: number): string =>
  JSON.stringify({ ...sampleEnvelope, data: 0 }).replace(
    '"data":0',
    `"data":${'['.repeat(levels)}${']'.repeat(levels)}`,
  );
const raw = (data: string): string =>
  JSON.stringify({ ...sampleEnvelope, data: 0 }).replace('"data":0', `"data":${data}`);
const manyHeaders = Object.fromEntries(Array.from({ length: 65 }, (_header, i) => [`h${i}`, 'x']));

describe('decodeEnvelope gives the reason for', () => {
  it.each<[string, unknown, string[]]>([
    ['a tombstone', null, ['value: tombstone']],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ['value: utf8']],
    ['an empty value', '', ['value: json']],
    ['text that is not JSON', 'hello', ['value: json']],
    ['JSON that ends too early', '{"a":', ['value: json']],
    ['a list', [sampleEnvelope], ['envelope: envelope']],
    ['a bare text', '"text"', ['envelope: envelope']],
    ['null', 'null', ['envelope: envelope']],
    ['no envelope', { shop_slug: 'demo-shop' }, missingAll()],
    ['another specversion', { ...sampleEnvelope, specversion: '0.3' }, ['envelope.specversion: specversion']],
    [
      'a specversion that is a number',
      { ...sampleEnvelope, specversion: 1 },
      ['envelope.specversion: specversion'],
    ],
    ['no id', without('id'), ['envelope.id: isDefined']],
    ['an empty id', { ...sampleEnvelope, id: '' }, ['envelope.id: isNotEmpty']],
    ['an id that is a number', { ...sampleEnvelope, id: 7 }, ['envelope.id: isString']],
    ['an overlong id', { ...sampleEnvelope, id: 'x'.repeat(257) }, ['envelope.id: maxLength']],
    ['an id with a line break', { ...sampleEnvelope, id: 'a\nb' }, ['envelope.id: control_characters']],
    ['an overlong source', { ...sampleEnvelope, source: 'x'.repeat(257) }, ['envelope.source: maxLength']],
    ['no type', without('type'), ['envelope.type: isDefined']],
    ['a time that is a number', { ...sampleEnvelope, time: 1 }, ['envelope.time: isString']],
    ['a sequence that is none', { ...sampleEnvelope, sequence: 0 }, ['envelope.sequence: isInt']],
    ['no data', without('data'), ['envelope.data: isDefined']],
    [
      'data that is not JSON',
      { ...sampleEnvelope, datacontenttype: 'text/xml' },
      ['envelope.datacontenttype: content_type'],
    ],
    ['nesting without end', nested(100_000), ['value: nesting']],
    ['a member that would pollute', raw('{"__proto__":{"admin":true}}'), ['value: reserved_name']],
    ['the same, escaped', raw('[{"\\u005f_proto__":1}]'), ['value: reserved_name']],
    ['a number beyond a double', raw('[1e999]'), ['value: number']],
    ['half a surrogate pair', raw('{"name":"\\ud800"}'), ['value: unicode']],
    ['half a surrogate pair in a name', raw('{"\\ud800":1}'), ['value: unicode']],
    ['more than a caller may send', raw(`"${'x'.repeat(callerMessageBytes)}"`), ['value: max_size']],
  ])('%s', (_what, value, expected) => {
    expect(faults(sampleRecord(value))).toEqual(expected);
  });

  it.each<[string, InputRecord['headers'], string[]]>([
    ['another content type', { 'content-type': 'text/plain' }, ['headers.content-type: content_type']],
    ['avro', { 'content-type': 'application/cloudevents+avro' }, ['headers.content-type: content_type']],
    [
      'a batch of events',
      { 'content-type': 'application/cloudevents-batch+json' },
      ['headers.content-type: content_type'],
    ],
    ['more than 64 headers', manyHeaders, ['headers: header_flood']],
    ['one header 65 times', { h: Array.from({ length: 65 }, () => 'x') }, ['headers: header_flood']],
    ['more than 32 KiB of headers', { h: Buffer.alloc(33 * 1024) }, ['headers: header_flood']],
  ])('%s', (_what, headers, expected) => {
    expect(faults(sampleRecord(sampleEnvelope, { headers }))).toEqual(expected);
  });

  it('a key that is longer than any of ours', () => {
    expect(faults(sampleRecord(sampleEnvelope, { key: Buffer.alloc(17 * 1024) }))).toEqual(['key: max_size']);
  });
});

it('says nothing about the content when it names the place of a fault', () => {
  const decoded = decodeEnvelope(sampleRecord('{"email":"kim@example.com" oops}'));
  expect(JSON.stringify(decoded)).not.toContain('kim');
});

it('takes 64 levels, and facts up to what a topic takes', () => {
  expect(faults(sampleRecord(nested(62)))).toEqual([]);
  const large = sampleRecord(raw(`"${'x'.repeat(callerMessageBytes)}"`));
  expect(decodeEnvelope(large, topicMessageBytes).ok).toBe(true);
});

function missingAll(): string[] {
  return [
    'specversion: specversion',
    'id: isDefined',
    'source: isDefined',
    'type: isDefined',
    'data: isDefined',
  ].map((fault) => `envelope.${fault}`);
}
