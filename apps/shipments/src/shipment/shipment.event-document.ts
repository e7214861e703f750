import { eventGroups, eventOrigins, flags, phases, pickupTypes } from '@waybill/contracts';
import type {
  AdditionalInfo,
  EstimatedArrival,
  Location,
  Pickup,
  PickupAddress,
  RecordedEvent,
} from './shipment.state';
import { StoredObject, storedText } from '@waybill/aggregates';

/** One entry of the history as MongoDB keeps it. */
export const eventDocument = (event: RecordedEvent) => ({
  eventId: event.eventId,
  eventName: event.eventName,
  eventTime: event.eventTime,
  timezone: event.timezone,
  origin: event.origin,
  externalId: event.externalId,
  phase: event.phase,
  eventGroup: event.eventGroup,
  flagEffect: event.flagEffect,
  location: event.location && { ...event.location },
  additionalInfo: event.additionalInfo && infoDocument(event.additionalInfo),
  estimatedArrival: estimateDocument(event.estimatedArrival),
  pickup: event.pickup && { ...event.pickup, address: event.pickup.address && { ...event.pickup.address } },
  recordedAt: event.recordedAt,
});

export function storedEvent(value: unknown, path: string): RecordedEvent {
  const stored = StoredObject.of(value, path);
  return {
    eventId: stored.text('eventId'),
    eventName: stored.text('eventName'),
    eventTime: stored.text('eventTime'),
    timezone: stored.textOrNull('timezone'),
    origin: stored.oneOf('origin', eventOrigins),
    externalId: stored.textOrNull('externalId'),
    phase: stored.isNull('phase') ? null : stored.oneOf('phase', phases),
    eventGroup: stored.isNull('eventGroup') ? null : stored.oneOf('eventGroup', eventGroups),
    flagEffect: stored.isNull('flagEffect') ? null : stored.oneOf('flagEffect', flags),
    location: stored.isNull('location') ? null : storedLocation(stored.object('location')),
    additionalInfo: stored.isNull('additionalInfo') ? null : storedInfo(stored.object('additionalInfo')),
    estimatedArrival: storedEstimate(stored),
    pickup: stored.isNull('pickup') ? null : storedPickup(stored.object('pickup')),
    recordedAt: stored.text('recordedAt'),
  };
}

export const estimateDocument = (estimate: EstimatedArrival | null): EstimatedArrival | null =>
  estimate && { from: estimate.from, to: estimate.to, predictedAt: estimate.predictedAt };

/** The member `estimatedArrival` of `owner`. */
export function storedEstimate(owner: StoredObject): EstimatedArrival | null {
  if (owner.isNull('estimatedArrival')) return null;
  const stored = owner.object('estimatedArrival');
  return {
    from: stored.textOrNull('from'),
    to: stored.text('to'),
    predictedAt: stored.text('predictedAt'),
  };
}

const storedLocation = (stored: StoredObject): Location => ({
  name: stored.textOrNull('name'),
  city: stored.textOrNull('city'),
  zip_code: stored.textOrNull('zip_code'),
  country_code: stored.textOrNull('country_code'),
  latitude: stored.numberOrNull('latitude'),
  longitude: stored.numberOrNull('longitude'),
});

// opening hours as pairs: their names are the carrier's, and dots in a member's name are no good in a database
const infoDocument = ({ pickup_opening_hours: hours, ...texts }: AdditionalInfo) => ({
  texts: Object.entries(texts),
  openingHours: hours ? Object.entries(hours) : null,
});

const storedInfo = (stored: StoredObject): AdditionalInfo => ({
  ...storedPairs(stored, 'texts'),
  ...(stored.isNull('openingHours') ? {} : { pickup_opening_hours: storedPairs(stored, 'openingHours') }),
});

const storedPairs = (stored: StoredObject, name: string): Record<string, string> =>
  Object.fromEntries(
    stored.list(name, (pair, path) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw stored.broken(name, 'a list of pairs');
      return [storedText(pair[0], path), storedText(pair[1], path)];
    }),
  );

const storedPickup = (stored: StoredObject): Pickup => ({
  type: stored.oneOf('type', pickupTypes),
  name: stored.text('name'),
  address: stored.isNull('address') ? null : storedAddress(stored.object('address')),
  url: stored.textOrNull('url'),
  opening_hours: stored.textOrNull('opening_hours'),
  date_to: stored.textOrNull('date_to'),
});

const storedAddress = (stored: StoredObject): PickupAddress => ({
  name: stored.textOrNull('name'),
  company: stored.textOrNull('company'),
  address_line_1: stored.textOrNull('address_line_1'),
  address_line_2: stored.textOrNull('address_line_2'),
  street: stored.textOrNull('street'),
  city: stored.textOrNull('city'),
  province: stored.textOrNull('province'),
  country: stored.textOrNull('country'),
  province_code: stored.textOrNull('province_code'),
  country_code: stored.textOrNull('country_code'),
  zip_code: stored.textOrNull('zip_code'),
  phone: stored.textOrNull('phone'),
});
