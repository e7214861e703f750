type FactData = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const carrierOf = ({ carrier_reference: carrier }: FactData): string =>
  carrier === 'unknown' ? '' : text(carrier);
const parcels = (count: number): string => `${count} parcel${count === 1 ? '' : 's'}`;
const member = (data: FactData, name: string): FactData => (data[name] ?? {}) as FactData;
const joined = (...parts: string[]): string => parts.filter(Boolean).join(', ');
const fromTo = ({ from, to }: FactData): string => `${text(from)} → ${text(to)}`;

const gists: Readonly<Record<string, (data: FactData) => string>> = {
  'order-placed': (data) => `${parcels(listOf(data['shipments']).length)} to come`,
  'order-updated': (data) => (data['origin'] === 'shipment' ? progress(data) : changed(data)),
  'order-shipments-expected-changed': (data) => `${text(data['from'])} → ${parcels(Number(data['to']))}`,
  'order-shipment-dispatched': (data) =>
    joined(`parcel ${text(data['ordinal'])}`, carrierOf(data), text(data['tracking_number'])),
  'order-partially-fulfilled': (data) => `${parcels(Number(data['draft_shipments']))} still to come`,
  'order-fulfilled': (data) => `${parcels(Number(data['fulfilled_shipments']))} on the way`,
  'order-attributed': (data) => Object.keys(data['order_analytics'] ?? {}).join(', '),
  'order-cancelled': (data) => text(data['reason']),
  'shipment-drafted': (data) => `parcel ${text(data['ordinal'])}`,
  'shipment-fulfilled': (data) => joined(carrierOf(data), text(data['tracking_number'])),
  'shipment-updated': (data) => changed(data),
  'shipment-event-recorded': (data) => {
    const { event_name: name, event_time: at, origin } = member(data, 'event');
    return joined(
      `${text(name)} of ${minuteOf(at)}`,
      origin === 'carrier' ? '' : text(origin),
      data['was_kept'] === true ? 'had been kept' : '',
    );
  },
  'shipment-phase-changed': (data) => joined(fromTo(data), `since ${minuteOf(data['since'])}`),
  'shipment-flagged': (data) =>
    joined(fromTo(data), data['as_of'] ? `overdue at ${minuteOf(data['as_of'])}` : ''),
  'claim-created': (data) => joined(text(data['reason']), text(data['status'])),
  'claim-updated': (data) => changed(data),
  'claim-deleted': (data) => `was ${text(data['previous_status'])}`,
  'shipment-withdrawn': (data) => text(data['cause']).replaceAll('_', ' '),
};

/** `order-placed` of `orders.order-placed.v1`. */
export function shortType(type: string): string {
  return type.replace(/^[^.]+\./, '').replace(/\.v\d+$/, '');
}

/** What a fact says, in a few words and without personal data. Nothing for a type that is not known. */
export function factGist(type: string, data: FactData): string {
  return gists[shortType(type)]?.(data) ?? '';
}

/** `2026-01-12 17:05` of a time as facts have it. */
export const minuteOf = (time: unknown): string => text(time).slice(0, 16).replace('T', ' ');

const changed = (data: FactData): string => `changed ${listOf(data['changed']).join(', ')}`;

// an order hears of one parcel at a time
function progress(data: FactData): string {
  const slots = listOf(member(data, 'changes')['shipments']) as FactData[];
  return slots
    .map(({ ordinal, phase, flag }) =>
      joined(`parcel ${text(ordinal)} ${text(phase)}`, flag === 'normal' ? '' : text(flag)),
    )
    .join('; ');
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
