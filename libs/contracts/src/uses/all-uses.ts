import { analyticsUses } from './analytics.uses';
import { claimsUses } from './claims.uses';
import { ordersUses } from './orders.uses';
import { shipmentsUses } from './shipments.uses';
import type { AnyUses } from './uses';

/** What each service uses of the contracts of the others, and what its own reactions and timers send. */
export const allUses: readonly AnyUses[] = [ordersUses, shipmentsUses, claimsUses, analyticsUses];
