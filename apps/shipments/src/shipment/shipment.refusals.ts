import { maxReportedEvents } from '@waybill/contracts';
import { type Issue, type Refused, refused } from '@waybill/decider';
import type { CarrierNumber } from './shipment.commands';

/** What a business rule says of one member of the message; its type is the key of the refusal. */
const at = (key: string, member: string, msg: string): Issue => ({
  loc: ['data', member],
  field: member,
  msg,
  type: key,
});

export const shipmentNotFound = (shopSlug: string, shipmentId: string): Refused =>
  refused('shipment_not_found', `no shipment ${shipmentId} in ${shopSlug}`);

export const trackingNumberNotFound = (
  shopSlug: string,
  { carrier, trackingNumber }: CarrierNumber,
): Refused =>
  refused(
    'tracking_number_not_found',
    `no shipment of ${shopSlug} has the number ${trackingNumber} of ${carrier}`,
  );

export const shipmentReferenceMismatch = (): Refused =>
  refused('shipment_reference_mismatch', 'shop, order and parcel do not belong together');

export const shipmentNotFulfilled = (eventName: string): Refused =>
  refused('shipment_not_fulfilled', 'the shipment has no tracking number yet', [
    at('shipment_not_fulfilled', 'event_name', `${eventName} needs a shipment with a tracking number`),
  ]);

export const shipmentAlreadyFulfilled = (): Refused =>
  refused('shipment_already_fulfilled', 'the shipment has its tracking number already');

export const shipmentWithdrawn = (): Refused => refused('shipment_withdrawn', 'the shipment was withdrawn');

export const eventTimeInFuture = (): Refused =>
  refused('event_time_in_future', 'the event lies in the future', [
    at('event_time_in_future', 'event_time', 'is more than 24 hours after the time of the command'),
  ]);

export const eventLimitReached = (): Refused =>
  refused('event_limit_reached', `a shipment records at most ${maxReportedEvents} events`);

export const keptLimitReached = (): Refused =>
  refused('event_limit_reached', `at most ${maxReportedEvents} messages are kept for one number`);
