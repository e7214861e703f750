import { placed, shop } from './orders.spec-data';

/** A record that is not in order, and how it is kept for an operator. */
export interface BadRecord {
  readonly name: string;
  readonly record: {
    readonly value: string | Buffer | null;
    readonly headers?: Readonly<Record<string, string | string[]>>;
  };
  readonly kind: 'malformed' | 'refused';
  readonly key: string;
  /** Parts that do not fit into a dead letter. */
  readonly leftOut?: readonly string[];
  /** `field: type` of each reason. */
  readonly reasons: readonly string[];
}

/** The part of an envelope that is the same everywhere; the id differs, or a second record would be a copy of the first. */
let count = 0;
const envelope = (data: unknown, attributes: object = {}): Record<string, unknown> => ({
  specversion: '1.0',
  id: `bad-${count++}`,
  type: 'orders.upsert-order.v1',
  source: 'test',
  data,
  ...attributes,
});

const json = (value: unknown) => ({ value: JSON.stringify(value) });
const upsert = (order: object, more: object = {}) => ({ shop_slug: shop, id: 'bad', order, ...more });
const { order } = placed('bad');
const { products: _products, ...withoutProducts } = order;
const { address: _address, ...withoutAddress } = order;

const malformed = (name: string, record: BadRecord['record'], ...reasons: string[]): BadRecord => ({
  name,
  record,
  kind: 'malformed',
  key: 'malformed_request',
  reasons,
});

const without = (part: string, row: BadRecord): BadRecord => ({ ...row, leftOut: [part] });

const invalid = (name: string, sent: Record<string, unknown>, ...reasons: string[]): BadRecord => ({
  name,
  record: json(sent),
  kind: 'refused',
  key: 'validation_error',
  reasons,
});

const invalidUtf8 = Buffer.concat([
  Buffer.from(JSON.stringify(envelope(upsert({ ...order, order_name: 'Caf' }))).split('Caf')[0] ?? ''),
  Buffer.from([0x43, 0x61, 0x66, 0xe9]),
  Buffer.from('"}}}'),
]);

const deep = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const withNote = (text: string): string =>
  JSON.stringify(envelope(upsert({ ...order, order_name: 'NOTE' }))).replace('"NOTE"', text);

const headersOf = (length: number) =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`x-${i}`, 'flood']));
const tooLargeHeaders = { 'x-flood': 'f'.repeat(40_000) };

/** What nobody can read: kept with its bytes. */
export const malformedRecords: readonly BadRecord[] = [
  malformed('no JSON', { value: 'not JSON at all' }, 'value: json'),
  malformed('JSON that ends too early', { value: '{"specversion":"1.0","id":' }, 'value: json'),
  malformed('an empty value', { value: '' }, 'value: json'),
  malformed('JSON that is no object', { value: '[1, 2, 3]' }, 'envelope: envelope'),
  malformed(
    'JSON that is no envelope',
    json({ shop_slug: shop, id: 'bad', order }),
    'specversion: specversion',
    'source: isDefined',
    'type: isDefined',
    'data: isDefined',
  ),
  malformed(
    'another specversion',
    json(envelope(upsert(order), { specversion: '0.3' })),
    'specversion: specversion',
  ),
  malformed(
    'an unknown type',
    json(envelope(upsert(order), { type: 'orders.delete-order.v1' })),
    'type: unknown_type',
  ),
  malformed(
    'the type of a command of another service',
    json(envelope(upsert(order), { type: 'shipments.record-scan.v1' })),
    'type: unknown_type',
  ),
  malformed(
    'the type of a fact',
    json(envelope(upsert(order), { type: 'orders.order-placed.v1' })),
    'type: unknown_type',
  ),
  malformed('null (a tombstone)', { value: null }, 'value: tombstone'),
  malformed('invalid UTF-8', { value: invalidUtf8 }, 'value: utf8'),
  malformed('half of a surrogate pair', { value: withNote(String.raw`"\ud83d"`) }, 'value: unicode'),
  malformed('a raw control character in JSON', { value: withNote('"a\u0001b"') }, 'value: json'),
  malformed(
    'a control character in an attribute',
    json(envelope(upsert(order), { source: 'shop\u0000sync' })),
    'source: control_characters',
  ),
  malformed('nesting of 100 levels', { value: withNote(deep(100)) }, 'value: nesting'),
  malformed('nesting of 100,000 levels', { value: withNote(deep(100_000)) }, 'value: nesting'),
  malformed(
    'a member named __proto__',
    { value: withNote('"x", "__proto__": {"admin": true}') },
    'value: reserved_name',
  ),
  malformed('a number beyond all numbers', { value: withNote('1e999') }, 'value: number'),
  malformed(
    'a header too many',
    { ...json(envelope(upsert(order))), headers: headersOf(65) },
    'headers: header_flood',
  ),
  without(
    'headers',
    malformed(
      'a flood of headers',
      { ...json(envelope(upsert(order))), headers: headersOf(500) },
      'headers: header_flood',
    ),
  ),
  without(
    'headers',
    malformed(
      'a header of 40 kB',
      { ...json(envelope(upsert(order))), headers: tooLargeHeaders },
      'headers: header_flood',
    ),
  ),
  malformed(
    'a content type that is not JSON',
    { ...json(envelope(upsert(order))), headers: { 'content-type': 'application/avro' } },
    'content-type: content_type',
  ),
  malformed(
    'a batch of CloudEvents',
    { ...json([envelope(upsert(order))]), headers: { 'content-type': 'application/cloudevents-batch+json' } },
    'content-type: content_type',
  ),
  malformed(
    'an origin without a signature',
    { ...json(envelope(upsert(order))), headers: { 'waybill-origin': '{"origin":{"detour":"late"}}' } },
    'waybill-signature: signature',
  ),
  malformed(
    'an origin with a signature of its own making',
    {
      ...json(envelope(upsert(order))),
      headers: {
        'waybill-origin': JSON.stringify({
          origin: { detour: 'rekeyed', stream: 'x/orders.commands@1/0/rekeyed', offset: 0, item: 0, n: 0 },
          target: { aggregateId: 'somebody-else', key: 'other-shop/1' },
          time: '2026-01-10T08:00:00.000Z',
        }),
        'waybill-signature': Buffer.alloc(32, 7).toString('base64url'),
      },
    },
    'waybill-signature: signature',
  ),
  malformed(
    'two origins',
    {
      ...json(envelope(upsert(order))),
      headers: { 'waybill-origin': ['{}', '{}'], 'waybill-signature': ['a', 'b'] },
    },
    'waybill-signature: signature',
  ),
  malformed(
    '1 MiB',
    json(envelope(upsert({ ...order, order_name: 'n'.repeat(1024 * 1024) }))),
    'value: max_size',
  ),
  without(
    'value',
    malformed(
      'almost 2 MiB',
      json(envelope(upsert({ ...order, order_name: 'n'.repeat(2 * 1024 * 1024 - 2048) }))),
      'value: max_size',
    ),
  ),
];

/** What can be read and is not valid: refused, by a reply where one was asked for. */
export const invalidRecords: readonly BadRecord[] = [
  invalid('a misspelt member', envelope(upsert({ ...order, curency: 'EUR' })), 'order.curency: whitelist'),
  invalid(
    'a misspelt member beside the order',
    envelope(upsert(order, { tracking: [] })),
    'tracking: whitelist',
  ),
  invalid('a missing member', envelope({ id: 'bad', order }), 'shop_slug: isDefined'),
  invalid('no data', envelope(null), ': isObject'),
  invalid(
    'a wrong type',
    envelope(upsert({ ...order, total_order_price: '25' })),
    'order.total_order_price: isNumber',
  ),
  invalid(
    'an object where a list is wanted',
    envelope(upsert({ ...withoutProducts, products: {} })),
    'order.products: isArray',
  ),
  invalid(
    'a number out of range',
    envelope(upsert({ ...order, expected_number_of_shipments: 101 })),
    'order.expected_number_of_shipments: max',
  ),
  invalid(
    'an amount with five decimals',
    envelope(upsert({ ...order, shipping_price: 1.23456 })),
    'order.shipping_price: maxDecimalPlaces',
  ),
  invalid(
    'a currency that does not exist',
    envelope(upsert({ ...order, currency: 'XXY' })),
    'order.currency: isCurrency',
  ),
  invalid(
    'a time without offset',
    envelope(upsert({ ...order, order_placed_at: '2026-01-10T08:00:00' })),
    'order.order_placed_at: isTime',
  ),
  invalid(
    'a command time without offset',
    envelope(upsert(order), { time: '2026-01-10T08:00:00' }),
    'time: time',
  ),
  invalid(
    'a command time a year ahead',
    envelope(upsert(order), { time: new Date(Date.now() + 365 * 24 * 3600 * 1000).toISOString() }),
    'time: time_ahead',
  ),
  invalid(
    'control characters in an order number',
    envelope({ shop_slug: shop, id: 'bad\u0007' }),
    'id: idType',
  ),
  invalid(
    'several faults, all of them named',
    envelope(upsert({ ...withoutAddress, address: { zip_code: '1_2' }, currency: 'euro' })),
    'order.address.zip_code: matches',
    'order.currency: isCurrency',
  ),
];
