import { callerMessageBytes } from '@waybill/contracts';
import type { Issue } from '@waybill/decider';
import type { Envelope } from './envelope';
import { readPlainJson } from './plain-json';
import { originHeader } from './origin';
import { headerText, headerWeight, type InputRecord } from './record';

export type DecodedEnvelope =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly reasons: readonly Issue[] };

export const maxHeaders = 64;
export const maxHeaderBytes = 32 * 1024;
export const maxKeyBytes = 16 * 1024;
/** Longest id, source, type and correlation attribute, in UTF-16 units. */
export const maxAttributeLength = 256;
const maxSubjectLength = 1024;
/**
 * What we add to a message that we hand on: the id of a bulk gets the number of its item, the headers get a signed origin,
 * and a value in binary mode gets its attributes. What a caller may send must still be taken when it comes back.
 */
const ours = { idLength: 16, headers: 4, headerBytes: 4 * 1024, bytes: 64 * 1024 } as const;
const nothing: { readonly [Name in keyof typeof ours]: number } = {
  idLength: 0,
  headers: 0,
  headerBytes: 0,
  bytes: 0,
};

/**
 * Reads a CloudEvents 1.0 message in structured mode (no content type, or a JSON one) or in binary mode (a
 * `ce_specversion` header). Never throws. Attributes that we do not know are tolerated and dropped. `limitBytes` bounds
 * the value: what is handed on keeps the value of a caller, only facts may be larger.
 */
export function decodeEnvelope(record: InputRecord, limitBytes = callerMessageBytes): DecodedEnvelope {
  // one that we did not make is found out by its signature, whatever it is allowed here
  const more = Object.hasOwn(record.headers, originHeader) ? ours : nothing;
  const flood = headerFlood(record, more);
  if (flood) return { ok: false, reasons: [flood] };
  if (record.unreadable !== undefined) return fail(['value'], record.unreadable, 'record_batch');
  if (record.value === null)
    return fail(['value'], 'is null (a tombstone), there is no message', 'tombstone');
  const mostBytes = limitBytes + more.bytes;
  if (record.value.length > mostBytes)
    return fail(['value'], `has ${record.value.length} bytes, more than ${mostBytes}`, 'max_size');
  if (record.key !== null && record.key.length > maxKeyBytes)
    return fail(['key'], `has ${record.key.length} bytes, more than ${maxKeyBytes}`, 'max_size');
  const contentType = mediaType(headerText(record.headers, 'content-type'));
  const structured = contentType.startsWith('application/cloudevents');
  if (structured && contentType !== 'application/cloudevents+json')
    return fail(
      ['headers', 'content-type'],
      `${contentType} is not supported, only application/cloudevents+json`,
      'content_type',
    );
  const binary = !structured && headerText(record.headers, 'ce_specversion') !== undefined;
  if (contentType !== '' && !structured && !isJson(contentType))
    return fail(['headers', 'content-type'], 'is not JSON', 'content_type');
  const json = readPlainJson(record.value);
  if (!json.ok) return fail(['value'], json.fault.msg, json.fault.type);
  const maxIdLength = maxAttributeLength + more.idLength;
  if (binary) return check({ ...binaryAttributes(record), data: json.value }, maxIdLength);
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return fail(['envelope'], 'is not an object', 'envelope');
  return check(json.value as Record<string, unknown>, maxIdLength);
}

function headerFlood(record: InputRecord, more: typeof nothing): Issue | undefined {
  const { count, bytes } = headerWeight(record.headers);
  if (count <= maxHeaders + more.headers && bytes <= maxHeaderBytes + more.headerBytes) return undefined;
  const limit = `at most ${maxHeaders} headers of ${maxHeaderBytes} bytes in all are taken`;
  return issue(['headers'], `${count} headers of ${bytes} bytes in all; ${limit}`, 'header_flood');
}

const mediaType = (header: string | undefined): string =>
  (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const isJson = (type: string): boolean => type === 'application/json' || /^application\/.+\+json$/.test(type);

function binaryAttributes({ headers }: InputRecord): Record<string, unknown> {
  const names = Object.keys(headers).filter((name) => name.startsWith('ce_'));
  return Object.fromEntries(names.map((name) => [name.slice('ce_'.length), headerText(headers, name)]));
}

function check(attributes: Record<string, unknown>, maxIdLength: number): DecodedEnvelope {
  const read = new Attributes(attributes);
  if (attributes.specversion !== '1.0') read.report('specversion', 'is not 1.0', 'specversion');
  const envelope = {
    id: read.required('id', maxIdLength),
    source: read.required('source'),
    type: read.required('type'),
    ...defined('subject', read.text('subject', maxSubjectLength)),
    ...defined('time', read.text('time')),
    ...defined('correlationid', read.text('correlationid')),
    // the id of a command, which may be an item of a bulk
    ...defined('causationid', read.text('causationid', maxAttributeLength + ours.idLength)),
    ...defined('traceparent', read.text('traceparent')),
    ...defined('sequence', read.sequence('sequence')),
    data: attributes.data,
  };
  const format = attributes.datacontenttype;
  if (format !== undefined && format !== null && !(typeof format === 'string' && isJson(mediaType(format))))
    read.report('datacontenttype', 'is not JSON', 'content_type');
  if (attributes.data === undefined)
    read.report(
      'data',
      'data_base64' in attributes ? 'is binary (data_base64); JSON is wanted' : 'is missing',
      'isDefined',
    );
  const { faults } = read;
  return faults.length === 0 ? { ok: true, envelope } : { ok: false, reasons: faults };
}

/** Attributes as they are read one by one; what is wrong with them is collected. */
class Attributes {
  readonly faults: Issue[] = [];

  constructor(private readonly values: Record<string, unknown>) {}

  report(name: string, msg: string, type: string): void {
    this.faults.push(issue(['envelope', name], msg, type));
  }

  text(name: string, maxLength = maxAttributeLength): string | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') this.report(name, 'is not a text', 'isString');
    else if (value === '') this.report(name, 'is empty', 'isNotEmpty');
    else if (value.length > maxLength)
      this.report(name, `is longer than ${maxLength} characters`, 'maxLength');
    else if (control.test(value)) this.report(name, 'holds control characters', 'control_characters');
    else return value;
    return undefined;
  }

  required(name: string, maxLength?: number): string {
    const value = this.values[name];
    if (value === undefined || value === null) this.report(name, 'is missing', 'isDefined');
    return this.text(name, maxLength) ?? '';
  }

  /** CloudEvents' own sequence extension is a text, ours is a number. */
  sequence(name: string): number | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 1) return number;
    this.report(name, 'is not a whole number from 1 on', 'isInt');
    return undefined;
  }
}

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f-\u009f]/;

const defined = <Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [N in Name]?: Value });

const fail = (loc: readonly string[], msg: string, type: string): DecodedEnvelope => ({
  ok: false,
  reasons: [issue(loc, msg, type)],
});

const issue = (loc: readonly string[], msg: string, type: string): Issue => ({
  loc,
  field: loc.length > 1 ? loc.slice(1).join('.') : (loc[0] ?? ''),
  msg,
  type,
});
