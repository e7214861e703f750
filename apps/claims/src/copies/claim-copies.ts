import type { CommandMessage } from '@waybill/aggregates';
import type { Target } from '@waybill/messaging';
import type { Knowledge, ParcelReference } from '../claim/claim.knowledge';
import { parcelReference } from '../claim/claim.to-command';
import { chosenParcel } from './chosen-parcel';
import type { Copies } from './copies';
import { shopNumber, type StoredParcel } from './known.documents';

interface Asked {
  readonly message: CommandMessage;
  readonly target: Target;
}

/** A parcel to look for, in one order or in any. */
interface Wanted {
  readonly shopSlug: string;
  readonly reference: ParcelReference;
  readonly orderId?: string;
}

export const isCreation = ({ type }: CommandMessage): boolean => type === 'claims.create-claim.v1';

/** Looks up what `create-claim` commands are about, all of a batch in two or three queries. */
export class ClaimCopies {
  /** Opened by the time that the first command comes. */
  constructor(private readonly source: { opened(): Copies }) {}

  /** Parcel and order that each message means now. */
  async find(messages: readonly CommandMessage[]): Promise<readonly Knowledge[]> {
    const parcels = await this.parcelsOf(messages.map((message) => wantedBy(message)));
    return this.withOrders(parcels.map((parcel) => ({ parcel, orderId: parcel?.orderId })));
  }

  /**
   * What the decider is told, once the target is decided; undefined for commands that are about no parcel. An id that was
   * made from an order is good for that order's parcels alone, also where the number has moved on in the meantime.
   */
  async read(asked: readonly Asked[]): Promise<readonly (Knowledge | undefined)[]> {
    const creations = asked.filter(({ message }) => isCreation(message));
    const parcels = await this.parcelsOf(
      creations.map(({ message, target }) => ({
        ...wantedBy(message),
        ...(message.data.claim_id === undefined ? { orderId: target.key } : {}),
      })),
    );
    const known = await this.withOrders(
      creations.map(({ target }, i) => {
        const parcel = parcels[i] ?? null;
        return { parcel, orderId: parcel?.orderId ?? target.key };
      }),
    );
    const byAsked = new Map(creations.map((one, i) => [one, known[i]]));
    return asked.map((one) => byAsked.get(one));
  }

  private async parcelsOf(wanted: readonly Wanted[]): Promise<readonly (StoredParcel | null)[]> {
    const { parcels } = this.source.opened();
    const ids = wanted.flatMap(({ reference }) => reference.shipmentId ?? []);
    const numbers = wanted.flatMap(({ shopSlug, reference: { shipmentId, trackingNumber } }) =>
      shipmentId === null && trackingNumber !== null ? shopNumber(shopSlug, trackingNumber) : [],
    );
    const byId = await parcels.byId(ids);
    const byNumber = Map.groupBy(await parcels.with('known.number', numbers), ({ number }) => number);
    return wanted.map(({ shopSlug, reference, orderId }) => {
      const { shipmentId, trackingNumber } = reference;
      const candidates =
        shipmentId === null
          ? (byNumber.get(shopNumber(shopSlug, trackingNumber ?? '')) ?? [])
          : [byId.get(shipmentId)].filter((parcel) => parcel !== undefined);
      const own = candidates.filter((parcel) => orderId === undefined || parcel.orderId === orderId);
      return chosenParcel(shopSlug, reference, own);
    });
  }

  private async withOrders(
    wanted: readonly { readonly parcel: StoredParcel | null; readonly orderId: string | undefined }[],
  ): Promise<readonly Knowledge[]> {
    const orders = await this.source.opened().orders.byId(wanted.flatMap(({ orderId }) => orderId ?? []));
    return wanted.map(({ parcel, orderId = '' }) => ({ parcel, order: orders.get(orderId) ?? null }));
  }
}

const wantedBy = ({ data }: CommandMessage): Wanted => ({
  shopSlug: data.shop_slug,
  reference: parcelReference(data),
});
