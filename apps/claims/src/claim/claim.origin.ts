import { type Carrier, carriers, claimId } from '@waybill/contracts';
import type { CreateClaim } from './claim.commands';
import type { KnownOrder, KnownParcel } from './claim.knowledge';
import type { ClaimOrigin } from './claim.state';
import { amountMinor, netInvoiceMinor, weightGrams } from './claim.value';

/** A parcel that has its number. */
export type FulfilledParcel = KnownParcel & { readonly trackingNumber: string };

export const isFulfilled = (parcel: KnownParcel): parcel is FulfilledParcel =>
  parcel.status === 'fulfilled' && parcel.trackingNumber !== null;

/** What a new claim says and what it copies of its parcel and its order (domain 4.1). */
export function claimOrigin(command: CreateClaim, parcel: FulfilledParcel, order: KnownOrder): ClaimOrigin {
  const { input, message, shopSlug } = command;
  const { company: _, ...address } = order.address;
  return {
    claimId: command.claimId ?? claimId(parcel.orderId, message.source, message.id),
    shopSlug,
    orderId: parcel.orderId,
    orderNumber: parcel.orderNumber,
    shipmentId: parcel.shipmentId,
    trackingNumber: parcel.trackingNumber,
    carrier: knownCarrier(parcel.carrier),
    reason: input.reason,
    flow: input.flow,
    description: input.description,
    selectedItems: input.selectedItems.map(({ netPriceMajor, ...item }) => ({
      ...item,
      netPriceMinor: netPriceMajor === null ? null : amountMinor(netPriceMajor, order.currency),
    })),
    imageUrls: input.imageUrls,
    optionalImageUrls: input.optionalImageUrls,
    customerSignatureImageUrl: input.customerSignatureImageUrl,
    dropoffPermission: input.dropoffPermission,
    answers: input.answers,
    address,
    netInvoiceMinor: netInvoiceMinor(order),
    currency: order.currency,
    shipmentPhase: parcel.phase,
    campaignSegments: order.campaignSegments,
    scanDate: parcel.pickedUpAt,
    weightGrams: weightGrams(parcel, order),
  };
}

const knownCarrier = (name: string | null): Carrier => carriers.find((known) => known === name) ?? 'unknown';
