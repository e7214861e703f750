import type { TopicRecord } from '../evidence/topic-record';
import { type Scene } from './evidence.spec-data';
import { factOf, replyOf } from './records.spec-data';
import { order } from './snapshots.spec-data';
import type { Column } from './verdict';

/** Something wrong, and what has to be said of it. */
export interface Planted {
  readonly what: string;
  readonly column: Column;
  readonly says: RegExp;
  readonly plant: (scene: Scene) => void;
}

export const stored = { id: order.id, sequence: 2 };
export const ordersOf = ({ evidence }: Scene) => evidence.services.orders;
export const shipmentsOf = ({ evidence }: Scene) => evidence.services.shipments;
export const claimsOf = ({ evidence }: Scene) => evidence.services.claims;
export const answers = (scene: Scene, ...texts: object[]) =>
  (ordersOf(scene).replies = texts.map((text) => replyOf('orders', 'm-1', { ...text })));
export const placed = {
  outcome: 'accepted',
  aggregate_id: order.id,
  sequence: 1,
  events: [{ type: 'orders.order-placed.v1', sequence: 1 }],
};
export const onlySecond = (scene: Scene) => {
  ordersOf(scene).facts = ordersOf(scene).facts.slice(1);
};
export const alsoTheSecond = (scene: Scene, cause: string) => {
  const [, second] = ordersOf(scene).facts;
  const data = (JSON.parse(String(second?.value)) as { data: { order: object } }).data;
  const third = factOf('orders', order.id, 3, 'order-updated', cause, data);
  ordersOf(scene).facts = [...ordersOf(scene).facts, third];
  ordersOf(scene).stored = [{ id: order.id, sequence: 3 }];
};

/** The same records with another text in them. */
export const saying = (records: readonly TopicRecord[], from: string | RegExp, to: string): TopicRecord[] =>
  records.map((record) => ({ ...record, value: Buffer.from(String(record.value).replace(from, to)) }));
