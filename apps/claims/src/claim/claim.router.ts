import type { CommandMessage, CommandRouter, Route } from '@waybill/aggregates';
import { claimId as claimIdOf, normaliseUuid } from '@waybill/contracts';
import type { Refused } from '@waybill/decider';
import type { Target } from '@waybill/messaging';
import { type ClaimCopies, isCreation } from '../copies/claim-copies';
import type { ClaimHomes, Home } from './claim.homes';
import { claimNotFound, orderNotFound, shipmentNotFound } from './claim.refusals';

/** What is asked of the collection of claims; MongoDB's own collection answers it. */
export interface ClaimCollection {
  find(filter: object, options: { readonly projection: object }): { toArray(): Promise<readonly unknown[]> };
}

/** Finds the claim that a command means. All commands on an order's claims travel under the order's id. */
export class ClaimRouter implements CommandRouter {
  /** Creations whose parcel was found without its order, as of the last look. */
  private readonly orderless = new WeakSet<CommandMessage>();

  constructor(
    private readonly claims: ClaimCollection,
    private readonly homes: ClaimHomes,
    private readonly copies: Pick<ClaimCopies, 'find'>,
  ) {}

  route(message: CommandMessage): Route {
    if (!isCreation(message)) return { to: 'reference', fixed: true, wait: false };
    // a parcel stays with its order; what a number stands for can change
    return { to: 'reference', fixed: message.data.shipment_id !== undefined };
  }

  async resolve(messages: readonly CommandMessage[]): Promise<readonly (Target | null)[]> {
    const created = await this.newHomes(messages.filter(isCreation));
    const others = messages.filter((message) => !isCreation(message));
    const reserved = await this.homes.reserve([...created.values()]);
    const existing = await this.existing(others);
    return messages.map((message) => {
      const claimId = created.get(message)?.claimId;
      if (claimId === undefined) return existing.get(message) ?? null;
      const key = reserved.get(claimId);
      if (key === undefined) throw new Error('a home is gone right after it was written');
      return { aggregateId: claimId, key };
    });
  }

  missing(message: CommandMessage): Refused {
    const { shop_slug: shop, claim_id: claimId } = message.data;
    if (!isCreation(message)) return claimNotFound(shop, String(normaliseUuid(claimId)));
    return this.orderless.has(message) ? orderNotFound() : shipmentNotFound();
  }

  private async newHomes(messages: readonly CommandMessage[]): Promise<ReadonlyMap<CommandMessage, Home>> {
    const known = await this.copies.find(messages);
    const homes = new Map<CommandMessage, Home>();
    messages.forEach((message, i) => {
      const { parcel, order } = known[i] ?? { parcel: null, order: null };
      if (parcel && order) homes.set(message, homeOf(message, parcel.orderId));
      else if (parcel) this.orderless.add(message);
      else this.orderless.delete(message);
    });
    return homes;
  }

  /**
   * Claims that have a home, deleted ones too: what is said of those is the decider's word. One whose creation is still on
   * its way has one, too, and what comes behind it follows it there.
   */
  private async existing(messages: readonly CommandMessage[]): Promise<ReadonlyMap<CommandMessage, Target>> {
    const ids = messages.flatMap(({ data }) => normaliseUuid(data.claim_id) ?? []);
    if (ids.length === 0) return new Map();
    const homes = await this.homes.find(ids);
    const projection = { 'state.shopSlug': 1 };
    const found = (await this.claims.find({ _id: { $in: ids } }, { projection }).toArray()) as StoredClaim[];
    const shops = new Map(found.map(({ _id, state }) => [_id, state?.shopSlug]));
    const targets = messages.flatMap((message): [CommandMessage, Target][] => {
      const aggregateId = normaliseUuid(message.data.claim_id) ?? '';
      const key = homes.get(aggregateId);
      const shop = shops.get(aggregateId);
      // of another shop's claim not even its number is told
      const isForeign = shop !== undefined && shop !== message.data.shop_slug;
      return isForeign || key === undefined ? [] : [[message, { aggregateId, key }]];
    });
    return new Map(targets);
  }
}

interface StoredClaim {
  readonly _id: string;
  readonly state: { readonly shopSlug?: unknown } | null;
}

const homeOf = ({ source, id, data }: CommandMessage, orderId: string): Home => ({
  claimId: normaliseUuid(data.claim_id) ?? claimIdOf(orderId, source, id),
  orderId,
});
