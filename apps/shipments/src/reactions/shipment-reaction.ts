import { reactionsOf } from '@waybill/aggregates';
import { shipmentsUses } from '@waybill/contracts';

/** Makes a reaction that sees what `shipmentsUses` declares. */
export const shipmentReaction = reactionsOf(shipmentsUses);
