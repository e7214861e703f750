export const shipmentStatuses = ['draft', 'fulfilled', 'withdrawn'] as const;
export type ShipmentStatus = (typeof shipmentStatuses)[number];

/** Coarse view of a phase. Reads over HTTP know `archived` as well, facts never say it. */
export const shipmentStates = ['pending', 'transit', 'collect', 'delivered', 'returned'] as const;
export type ShipmentState = (typeof shipmentStates)[number];

/** Who reported an event. */
export const eventOrigins = ['carrier', 'merchant', 'system'] as const;
export type EventOrigin = (typeof eventOrigins)[number];

/** Why a draft was withdrawn. */
export const withdrawalCauses = ['expected_lowered', 'order_cancelled'] as const;
export type WithdrawalCause = (typeof withdrawalCauses)[number];

export const pickupTypes = ['shop', 'neighbor', 'locker', 'letterbox'] as const;
export type PickupType = (typeof pickupTypes)[number];

/** Carrier and merchant events that one shipment records (domain 3.1). */
export const maxReportedEvents = 200;

/** System events of one shipment: its draft, and then either its fulfilment or the order's cancellation (domain 3.5). */
export const maxSystemEvents = 2;
