import { randomUUID } from 'node:crypto';
import { type Command, connect, ServiceClient } from './service-client';
import type { Servers } from './service-process';

/** An envelope with an id of its own; `type` without the service and the version, such as `create-claim`. */
export function claimCommand(type: string, data: object, attributes: Partial<Command> = {}): Command {
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: `claims.${type}.v1`,
    source: 'test',
    data,
    ...attributes,
  };
}

/** A client of the claims service. */
export class ClaimsClient extends ServiceClient {
  /** Creates the topics of the manifest where they are missing, and listens to all of them that claims write. */
  static async open(servers: Servers, retryDelays: readonly string[]): Promise<ClaimsClient> {
    return new ClaimsClient('claims', await connect('claims', servers, retryDelays), keyOf);
  }
}

/** What callers have at hand: the id of the claim or of the parcel, or a number. */
function keyOf({ data }: Command): string {
  const { claim_id, shipment_id, tracking_number, shop_slug } = data as Record<string, unknown>;
  return String(claim_id ?? shipment_id ?? tracking_number ?? shop_slug);
}
