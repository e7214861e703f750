import { createHash } from 'node:crypto';

/** Namespace of all order ids (domain 1.7). */
export const orderNamespace = 'dc75093c-7d76-5a59-b3ff-df345935d773';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuidPattern.test(value);
}

/** The UUID in lower case, `undefined` when it is none. */
export function normaliseUuid(text: unknown): string | undefined {
  return isUuid(text) ? text.toLowerCase() : undefined;
}

/** UUIDv5 (RFC 9562, SHA-1) of the UTF-8 bytes of `name` in `namespace`. */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8');
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Id of an order; `orderNumber` as it is kept (trimmed). */
export const orderId = (shopSlug: string, orderNumber: string): string =>
  uuidV5(orderNamespace, `${shopSlug}/${orderNumber}`);

/** Id of the parcel in the order's slot `ordinal` (from 1). */
export const shipmentId = (order: string, ordinal: number): string => uuidV5(order, String(ordinal));

/** Id of a carrier's event that has an id of its own. */
export const carrierEventId = (shipment: string, externalId: string): string =>
  uuidV5(shipment, `carrier/${externalId}`);

/** Id of a carrier's event without an id of its own; `eventTime` normalised. */
export const scanEventId = (shipment: string, eventName: string, eventTime: string): string =>
  uuidV5(shipment, `scan/${eventName}/${eventTime}`);

export const merchantEventId = (shipment: string, externalId: string): string =>
  uuidV5(shipment, `merchant/${externalId}`);

export const systemEventId = (shipment: string, eventName: string): string =>
  uuidV5(shipment, `system/${eventName}`);

/** Id of a claim whose command names none; `source` and `id` are those of the command's envelope. */
export const claimId = (order: string, source: string, commandId: string): string =>
  uuidV5(order, `claim/${source}/${commandId}`);
