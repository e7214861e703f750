import { changed, factExamples, placesOf, testReading } from '../fact-examples.spec-data';
import { validatorOf } from '../validation';

const facts = factExamples('shipments');
const collected = facts.find(
  ({ type, data }) =>
    type === 'shipments.shipment-event-recorded.v1' &&
    Reflect.get(Reflect.get(data, 'event') as object, 'pickup'),
);
if (!collected) throw new Error('no event with a pickup point among the examples');

describe('facts', () => {
  it('of all kinds are there, with an object of every class', () => {
    expect(new Set(facts.map(({ type }) => type)).size).toBe(7);
    const places = facts.flatMap(({ contract, data }) => placesOf(contract.payload, data));
    expect([...new Set(places.map(({ owner }) => owner.name))].toSorted()).toEqual([
      'AdditionalInfoSnapshotDto',
      'EstimatedArrivalSnapshotDto',
      'LocationSnapshotDto',
      'PickupAddressSnapshotDto',
      'PickupSnapshotDto',
      'ProductSnapshotDto',
      'ShipmentDraftedDto',
      'ShipmentEventDto',
      'ShipmentEventRecordedDto',
      'ShipmentFlaggedDto',
      'ShipmentFulfilledDto',
      'ShipmentPhaseChangedDto',
      'ShipmentSnapshotDto',
      'ShipmentUpdatedDto',
      'ShipmentWithdrawnDto',
    ]);
  });

  // the snapshot is one class in all of them, so the kind of fact with the most in it is enough to walk through it
  testReading(facts, ({ type }, { at }) => type === collected.type || at.length === 1);

  it.each([
    ['an id in upper case', 'event.event_id', '35AE3E9E-C092-5823-81AA-0E311E52A118'],
    ['a time with another offset', 'event.event_time', '2026-01-16T09:15:00.000+01:00'],
    ['an event name that is none', 'event.event_name', 'picked up'],
    ['an offset for a time zone', 'event.timezone', '+01:00'],
    ['a reporter that does not exist', 'event.origin', 'customer'],
    ['a phase that does not exist', 'phase', 'lost'],
    ['a state that only reads know', 'shipment.state', 'archived'],
    ['a place off the map', 'event.location.latitude', 90.1],
    ['a zip code that was not trimmed', 'event.location.zip_code', '12345 '],
    ['an empty text for one that was not said', 'event.additional_info.pickup_point', ''],
    ['null for a text that was not said', 'event.additional_info.date', null],
    ['opening hours that were not trimmed', 'event.additional_info.pickup_opening_hours', { mon: '8-20 ' }],
    ['a number in lower case', 'shipment.tracking_number', '1zexample000010012'],
    ['a wrong zip code', 'shipment.pickup.address.zip_code', '_'],
  ])('never show %s', (_, path, value) => {
    const data = changed(collected.data, path.split('.'), (owner, name) => Reflect.set(owner, name, value));
    expect(validatorOf(collected.contract)(data).map(({ field }) => field)).toEqual([path]);
  });

  it.each([
    ['carrier', 'shipment.carrier_reference', 'new_carrier'],
    ['event group', 'event.event_group', 'shipment_seen_on_mars'],
    ['time zone', 'event.timezone', 'Europe/Musterstadt'],
  ])('may show a %s that this release does not know yet', (_, path, value) => {
    const data = changed(collected.data, path.split('.'), (owner, name) => Reflect.set(owner, name, value));
    expect(validatorOf(collected.contract)(data)).toEqual([]);
  });

  it('show at most the events that one parcel can have', () => {
    const [event] = Reflect.get(Reflect.get(collected.data, 'shipment') as object, 'events') as object[];
    const withEvents = (count: number) =>
      changed(collected.data, ['shipment', 'events'], (owner, name) =>
        Reflect.set(
          owner,
          name,
          Array.from({ length: count }, () => event),
        ),
      );
    const read = validatorOf(collected.contract);
    expect(read(withEvents(202))).toEqual([]);
    expect(read(withEvents(203)).map(({ type }) => type)).toEqual(['arrayMaxSize']);
  });
});
