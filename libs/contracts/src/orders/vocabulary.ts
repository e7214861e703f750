export const idTypes = ['order_number', 'external_id', 'uuid'] as const;
export type IdType = (typeof idTypes)[number];

export const directions = ['merchant_customer', 'customer_merchant'] as const;
export type Direction = (typeof directions)[number];

export const productTypes = ['product', 'bundle'] as const;
export type ProductType = (typeof productTypes)[number];

export const orderStatuses = ['placed', 'partially_fulfilled', 'fulfilled', 'cancelled'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const slotStatuses = ['draft', 'fulfilled'] as const;
export type SlotStatus = (typeof slotStatuses)[number];

/** How far a parcel is, in the order of their rank (domain 3.3). */
export const phases = [
  'order_created',
  'order_processed',
  'return_created',
  'in_transit',
  'return_transit',
  'in_delivery',
  'delivery_failed',
  'collect',
  'return_failed',
  'delivered',
  'returned',
  'return_received',
] as const;
export type Phase = (typeof phases)[number];

/** A parcel's health. */
export const flags = ['normal', 'delay', 'error'] as const;
export type Flag = (typeof flags)[number];

/** Who caused an `order-updated`: a caller, or a shipment's progress. */
export const updateOrigins = ['caller', 'shipment'] as const;
export type UpdateOrigin = (typeof updateOrigins)[number];
