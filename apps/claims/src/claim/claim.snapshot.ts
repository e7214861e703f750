import { type ClaimSnapshotDto, toMajor } from '@waybill/contracts';
import type { Claim } from './claim.state';

/** The claim as its facts and its readers see it: every field there. */
export function claimSnapshot(claim: Claim): ClaimSnapshotDto {
  const major = (minor: number | null) => (minor === null ? null : toMajor(minor, claim.currency));
  return {
    claim_id: claim.claimId,
    shop_slug: claim.shopSlug,
    order_id: claim.orderId,
    order_number: claim.orderNumber,
    shipment_id: claim.shipmentId,
    tracking_number: claim.trackingNumber,
    carrier_reference: claim.carrier,
    reason: claim.reason,
    flow: claim.flow,
    resolution_preference: claim.resolutionPreference,
    status: claim.status,
    description: claim.description,
    selected_items: claim.selectedItems.map(({ quantity, sku, title, netPriceMinor, imageUrls }) => ({
      quantity,
      sku,
      title,
      net_price: major(netPriceMinor),
      image_urls: [...imageUrls],
    })),
    image_urls: [...claim.imageUrls],
    optional_image_urls: [...claim.optionalImageUrls],
    customer_signature_image_url: claim.customerSignatureImageUrl,
    dropoff_permission: claim.dropoffPermission,
    answers: [...claim.answers],
    address: claim.address,
    net_invoice_amount: major(claim.netInvoiceMinor),
    currency: claim.currency,
    shipment_phase: claim.shipmentPhase,
    campaign_segments: [...claim.campaignSegments],
    scan_date: claim.scanDate,
    weight_kg: claim.weightGrams === null ? null : claim.weightGrams / 1000,
    created_at: claim.createdAt,
    updated_at: claim.updatedAt,
    deleted_at: claim.deletedAt,
  };
}
