import { StoredObject, storedText } from '@waybill/aggregates';
import {
  carriers,
  claimFlows,
  claimReasons,
  claimStatuses,
  phases,
  resolutionPreferences,
} from '@waybill/contracts';
import type { Address, Answer, Claim, SelectedItem } from './claim.state';

/** What MongoDB keeps of a claim under `state`; amounts in minor units, weight in grams. */
export function toDocument(claim: Claim): Record<string, unknown> {
  return {
    claimId: claim.claimId,
    shopSlug: claim.shopSlug,
    orderId: claim.orderId,
    orderNumber: claim.orderNumber,
    shipmentId: claim.shipmentId,
    trackingNumber: claim.trackingNumber,
    carrier: claim.carrier,
    reason: claim.reason,
    flow: claim.flow,
    resolutionPreference: claim.resolutionPreference,
    status: claim.status,
    description: claim.description,
    selectedItems: claim.selectedItems.map((item) => ({ ...item, imageUrls: [...item.imageUrls] })),
    imageUrls: [...claim.imageUrls],
    optionalImageUrls: [...claim.optionalImageUrls],
    customerSignatureImageUrl: claim.customerSignatureImageUrl,
    dropoffPermission: claim.dropoffPermission,
    answers: claim.answers.map(({ question, answer }) => ({ question, answer })),
    address: { ...claim.address },
    netInvoiceMinor: claim.netInvoiceMinor,
    currency: claim.currency,
    shipmentPhase: claim.shipmentPhase,
    campaignSegments: [...claim.campaignSegments],
    scanDate: claim.scanDate,
    weightGrams: claim.weightGrams,
    createdAt: claim.createdAt,
    updatedAt: claim.updatedAt,
    deletedAt: claim.deletedAt,
  };
}

/** The claim that was stored. Throws for a document that cannot be one. */
export function fromDocument(document: Record<string, unknown>): Claim {
  const stored = StoredObject.of(document, 'state');
  return {
    claimId: stored.text('claimId'),
    shopSlug: stored.text('shopSlug'),
    orderId: stored.text('orderId'),
    orderNumber: stored.text('orderNumber'),
    shipmentId: stored.text('shipmentId'),
    trackingNumber: stored.text('trackingNumber'),
    carrier: stored.oneOf('carrier', carriers),
    reason: stored.oneOf('reason', claimReasons),
    flow: stored.isNull('flow') ? null : stored.oneOf('flow', claimFlows),
    resolutionPreference: stored.isNull('resolutionPreference')
      ? null
      : stored.oneOf('resolutionPreference', resolutionPreferences),
    status: stored.oneOf('status', claimStatuses),
    description: stored.textOrNull('description'),
    selectedItems: stored.list('selectedItems', storedItem),
    imageUrls: stored.list('imageUrls', storedText),
    optionalImageUrls: stored.list('optionalImageUrls', storedText),
    customerSignatureImageUrl: stored.textOrNull('customerSignatureImageUrl'),
    dropoffPermission: stored.isNull('dropoffPermission') ? null : stored.flag('dropoffPermission'),
    answers: stored.list('answers', storedAnswer),
    address: storedAddress(stored.object('address')),
    netInvoiceMinor: stored.wholeOrNull('netInvoiceMinor'),
    currency: stored.text('currency'),
    shipmentPhase: stored.oneOf('shipmentPhase', phases),
    campaignSegments: stored.list('campaignSegments', storedText),
    scanDate: stored.textOrNull('scanDate'),
    weightGrams: stored.wholeOrNull('weightGrams'),
    createdAt: stored.text('createdAt'),
    updatedAt: stored.text('updatedAt'),
    deletedAt: stored.textOrNull('deletedAt'),
  };
}

function storedItem(value: unknown, path: string): SelectedItem {
  const stored = StoredObject.of(value, path);
  return {
    quantity: stored.whole('quantity'),
    sku: stored.textOrNull('sku'),
    title: stored.textOrNull('title'),
    netPriceMinor: stored.wholeOrNull('netPriceMinor'),
    imageUrls: stored.list('imageUrls', storedText),
  };
}

function storedAnswer(value: unknown, path: string): Answer {
  const stored = StoredObject.of(value, path);
  return { question: stored.text('question'), answer: stored.text('answer') };
}

const storedAddress = (stored: StoredObject): Address => ({
  name: stored.textOrNull('name'),
  address_line_1: stored.textOrNull('address_line_1'),
  address_line_2: stored.textOrNull('address_line_2'),
  street: stored.textOrNull('street'),
  city: stored.textOrNull('city'),
  province: stored.textOrNull('province'),
  country: stored.textOrNull('country'),
  province_code: stored.textOrNull('province_code'),
  country_code: stored.textOrNull('country_code'),
  zip_code: stored.text('zip_code'),
  phone: stored.textOrNull('phone'),
});
