export const claimReasons = ['damage', 'partial_damage', 'investigation', 'return', 'support'] as const;
/** What a claim is about; `investigation`: the parcel was not received. */
export type ClaimReason = (typeof claimReasons)[number];

export const claimFlows = [
  'defective',
  'not_received',
  'missing_product',
  'wrong_product',
  'return',
  'dissatisfied',
  'support',
] as const;
/** The resolve flow that made a claim (domain 4.6). */
export type ClaimFlow = (typeof claimFlows)[number];

export const resolutionPreferences = ['reorder', 'refund'] as const;
/** What the customer would like; `reorder`: a replacement. */
export type ResolutionPreference = (typeof resolutionPreferences)[number];

export const claimStatuses = ['pending', 'accepted', 'rejected', 'closed'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

/** Lists of one claim are no longer than this (domain 4.1). */
export const claimLimits = { selectedItems: 100, images: 20, answers: 50 } as const;

/** Kilograms: 500 lines of a million units of ten tons each. */
export const maxWeightKg = 5_000_000_000_000;
