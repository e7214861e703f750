import { eventCatalogue, phaseInfo, type CatalogueRow } from '@waybill/contracts';
import type { shipmentSnapshot } from './shipment.snapshot';

type Shown = ReturnType<typeof shipmentSnapshot>;

/** A snapshot as a reader has it: members, no class. */
export type Snapshot = { readonly [Name in keyof Shown]: Shown[Name] };
type Events = Snapshot['events'];

const rows = new Map<string, CatalogueRow>(Object.entries(eventCatalogue));
export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const reported = (events: Events) => events.filter(({ origin }) => origin !== 'system');

const place = ({ event_time, phase, event_id }: Events[number]) =>
  `${event_time}/${String(phase ? phaseInfo[phase].rank : 0).padStart(2, '0')}/${event_id}`;

/** The phase and its begin by the words of domain 3.5, from what the snapshot shows. */
function standing({ status, direction, events, tracking_placed_at }: Snapshot): {
  phase: string;
  since: string;
} {
  const counted = reported(events).filter(
    ({ phase }) => phase !== null && !(status === 'fulfilled' && phase === 'order_created'),
  );
  const greatest = counted.at(-1);
  if (greatest) {
    let since = greatest.event_time;
    for (const { phase, event_time } of counted.toReversed()) {
      if (phase !== greatest.phase) break;
      since = event_time;
    }
    return { phase: greatest.phase ?? '', since };
  }
  if (status === 'fulfilled')
    return {
      phase: direction === 'merchant_customer' ? 'order_processed' : 'return_created',
      since: tracking_placed_at ?? '',
    };
  const ordered = events.find(
    ({ origin, event_name }) => origin === 'system' && event_name === 'ORDER_CREATED',
  );
  return { phase: 'order_created', since: ordered?.event_time ?? '' };
}

const effects = (events: Events) =>
  reported(events).flatMap(({ event_name }) => rows.get(event_name)?.flag ?? []);

const notPickedUp = [null, 'order_created', 'order_processed', 'return_created'];

/** What holds of every shipment at every moment. A draft's first fact comes before its first event. */
const always: Readonly<Record<string, (shipment: Snapshot) => boolean>> = {
  '20 a draft': ({ status, tracking_number, carrier_reference, events }) =>
    status === 'fulfilled' ||
    (tracking_number === null &&
      carrier_reference === null &&
      events.every(({ origin }) => origin !== 'carrier')),
  '20 a fulfilled one': ({ status, tracking_number }) =>
    (status === 'fulfilled') === (tracking_number !== null),
  'the events are in order, each once': ({ events }) =>
    same(events.map(place), [...new Set(events.map(place))].toSorted()),
  phase: (shipment) => shipment.events.length === 0 || shipment.phase === standing(shipment).phase,
  phase_since: (shipment) =>
    shipment.events.length === 0 || shipment.phase_since === standing(shipment).since,
  state: ({ phase, state }) => state === phaseInfo[phase].state,
  delivered_at: ({ phase, phase_since, delivered_at }) =>
    delivered_at === (phase === 'delivered' ? phase_since : null),
  flag: ({ events, flag, estimated_arrival, phase }) => {
    const said = effects(events).at(-1) ?? 'normal';
    const canBeLate = estimated_arrival !== null && !phaseInfo[phase].isSink && phase !== 'collect';
    return flag === said || (said === 'normal' && flag === 'delay' && canBeLate);
  },
  '34 one phase for each name, one group for each name and direction': ({ events, direction }) =>
    events.every(({ event_name, event_group, phase, origin, ...event }) => {
      const row = rows.get(event_name);
      const ownGroup =
        origin === 'merchant' && direction === 'merchant_customer' ? 'shipment_internal_trigger' : null;
      return (
        event.direction === direction &&
        phase === (row?.phase ?? null) &&
        event_group === (row ? row.group[direction] : ownGroup)
      );
    }),
  had_delay: ({ events, had_delay }) => had_delay === effects(events).includes('delay'),
  picked_up_at: ({ events, picked_up_at }) =>
    picked_up_at === (reported(events).find(({ phase }) => !notPickedUp.includes(phase))?.event_time ?? null),
  pickup: ({ events, pickup }) =>
    same(pickup, events.findLast((event) => event.pickup !== null)?.pickup ?? null),
  'the estimate is not less than any of its events': ({ events, estimated_arrival }) =>
    events.every(
      (event) =>
        event.estimated_arrival === null ||
        (estimated_arrival !== null && worth(event.estimated_arrival) <= worth(estimated_arrival)),
    ),
};

const worth = ({ predicted_at, to, from }: NonNullable<Snapshot['estimated_arrival']>) =>
  `${predicted_at}/${to}/${from ?? ''}`;

/** What holds from one fact to the next. */
const between: Readonly<Record<string, (before: Snapshot, after: Snapshot) => boolean>> = {
  '20 withdrawn from draft only': (before, after) =>
    before.status === after.status || `${before.status} ${after.status}` !== 'fulfilled withdrawn',
  '20 withdrawn is the end': ({ status }) => status !== 'withdrawn',
  'fulfilled stays': (before, after) => before.status !== 'fulfilled' || after.status === 'fulfilled',
  'a number stays': (before, after) =>
    before.tracking_number === null || before.tracking_number === after.tracking_number,
  'a carrier is never forgotten': (before, after) =>
    [null, 'unknown'].includes(before.carrier_reference) || after.carrier_reference !== 'unknown',
  'no event is ever lost or changed': (before, after) => {
    const now = new Set(after.events.map((event) => JSON.stringify(event)));
    return before.events.every((event) => now.has(JSON.stringify(event)));
  },
};

/** The laws that a shipment breaks, by itself or as what follows on `before`. */
export function broken(shipment: Snapshot, before: Snapshot | undefined): string[] {
  return [
    ...Object.keys(always).filter((law) => !always[law]?.(shipment)),
    ...Object.keys(between).filter((law) => before && !between[law]?.(before, shipment)),
  ];
}
