import { hash } from 'node:crypto';

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
  const input = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  input.write(namespace.replaceAll('-', ''), 0, 'hex');
  input.write(name, 16);
  // in one call, without a hash object, which takes 2.5 times as long: ids are a good part of what a command costs
  const hex = hash('sha1', input);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
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
