import { randomUUID } from 'node:crypto';
import type { Servers } from './service-process';
import { type AnyFact, type Command, type CommandRecord, connect, ServiceClient } from './service-client';

export type OrderFact = AnyFact;

/** An envelope with an id of its own; `type` without the service and the version, such as `place-order`. */
export function command(type: string, data: object, attributes: Partial<Command> = {}): Command {
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: `orders.${type}.v1`,
    source: 'test',
    data,
    ...attributes,
  };
}

/** A client of the orders service. */
export class OrdersClient extends ServiceClient {
  /** Creates the topics of the manifest where they are missing, and listens to all of them that orders write. */
  static async open(servers: Servers, retryDelays: readonly string[]): Promise<OrdersClient> {
    return new OrdersClient('orders', await connect('orders', servers, retryDelays), keyOf);
  }
}

/** The record of a command: under its canonical key, or under its shop where it has none, unless `record` says otherwise. */
export function recordOf(sent: Command, record: Partial<CommandRecord> = {}): CommandRecord {
  return { key: keyOf(sent), value: JSON.stringify(sent), ...record };
}

function keyOf({ data }: Command): string {
  const {
    shop_slug: shop,
    id,
    order,
  } = data as { shop_slug: string; id?: string; order?: { order_number?: string } };
  const number = id ?? order?.order_number;
  return number === undefined ? shop : `${shop}/${number}`;
}
