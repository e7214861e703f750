import { randomUUID } from 'node:crypto';
import { type Command, connect, ServiceClient } from './service-client';
import type { Servers } from './service-process';

/** An envelope with an id of its own; `type` without the service and the version, such as `record-scan`. */
export function shipmentCommand(type: string, data: object, attributes: Partial<Command> = {}): Command {
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: `shipments.${type}.v1`,
    source: 'test',
    data,
    ...attributes,
  };
}

/** A client of the shipments service. */
export class ShipmentsClient extends ServiceClient {
  /** Creates the topics of the manifest where they are missing, and listens to all of them that shipments write. */
  static async open(servers: Servers, retryDelays: readonly string[]): Promise<ShipmentsClient> {
    return new ShipmentsClient('shipments', await connect('shipments', servers, retryDelays), keyOf);
  }
}

/** What callers have at hand: a carrier its number, anybody else the id of the parcel. */
function keyOf({ data }: Command): string {
  const { order_id, shipment_id, tracking_number, shop_slug } = data as Record<string, unknown>;
  return String(order_id ?? shipment_id ?? tracking_number ?? shop_slug);
}
