import { baseStream, deadLetterMessage, type DeadLetter, type InputRecord } from '@waybill/messaging';

export const clusterId = 'cluster-1';
export const commandStream = baseStream(clusterId, 'orders.commands', 1, 3);

/** A command as a producer sent it: cancels order 10001. */
export function cancelRecord(changes: Partial<InputRecord> = {}): InputRecord {
  return {
    topic: 'orders.commands',
    partition: 3,
    offset: 42,
    timestampMs: Date.parse('2026-01-19T10:00:01Z'),
    key: Buffer.from('demo-shop/10001'),
    value: Buffer.from(
      JSON.stringify({
        specversion: '1.0',
        id: 'm-18',
        source: 'portal',
        type: 'orders.cancel-order.v1',
        time: '2026-01-19T11:00:00+01:00',
        data: { shop_slug: 'demo-shop', id: '10001' },
      }),
    ),
    headers: { 'x-trace': Buffer.from('t-1') },
    ...changes,
  };
}

/** Its dead letter as it lies in the dead-letter topic. */
export function storedDeadLetter(changes: Partial<DeadLetter> = {}, timestampMs = 1000): InputRecord {
  const { key, value, headers } = deadLetterMessage('orders.dead-letters', {
    kind: 'refused',
    key: 'order_not_found',
    message: 'there is no such order',
    reasons: [],
    stream: commandStream,
    offset: 42,
    item: 0,
    n: 0,
    record: cancelRecord(),
    ...changes,
  });
  return {
    topic: 'orders.dead-letters',
    partition: 0,
    offset: 7,
    timestampMs,
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers: { ...headers },
  };
}
