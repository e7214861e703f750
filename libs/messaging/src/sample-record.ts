import type { InputRecord } from './record';

/** A well-formed command as it comes from a topic, for the specs of this library. */
export const sampleEnvelope = {
  specversion: '1.0',
  id: '4c1f',
  type: 'orders.upsert-order.v1',
  source: 'shop-sync',
  subject: 'demo-shop/10001',
  time: '2026-01-10T08:00:00Z',
  data: { shop_slug: 'demo-shop' },
};

export function sampleRecord(value: unknown = sampleEnvelope, more: Partial<InputRecord> = {}): InputRecord {
  return {
    topic: 'orders.commands',
    partition: 3,
    offset: 41,
    timestampMs: Date.parse('2026-01-10T08:00:01Z'),
    key: Buffer.from('demo-shop/10001'),
    value:
      Buffer.isBuffer(value) || value === null
        ? value
        : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    headers: {},
    ...more,
  };
}
