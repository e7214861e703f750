type FactData = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const carrierOf = ({ carrier_reference: carrier }: FactData): string =>
  carrier === 'unknown' ? '' : text(carrier);
const parcels = (count: number): string => `${count} parcel${count === 1 ? '' : 's'}`;

const gists: Readonly<Record<string, (data: FactData) => string>> = {
  'order-placed': (data) => `${parcels(listOf(data['shipments']).length)} to come`,
  'order-updated': (data) => `changed ${listOf(data['changed']).join(', ')}`,
  'order-shipments-expected-changed': (data) => `${text(data['from'])} → ${parcels(Number(data['to']))}`,
  'order-shipment-dispatched': (data) =>
    [`parcel ${text(data['ordinal'])}`, carrierOf(data), text(data['tracking_number'])]
      .filter(Boolean)
      .join(', '),
  'order-partially-fulfilled': (data) => `${parcels(Number(data['draft_shipments']))} still to come`,
  'order-fulfilled': (data) => `${parcels(Number(data['fulfilled_shipments']))} on the way`,
  'order-attributed': (data) => Object.keys(data['order_analytics'] ?? {}).join(', '),
  'order-cancelled': (data) => text(data['reason']),
};

/** `order-placed` of `orders.order-placed.v1`. */
export function shortType(type: string): string {
  return type.replace(/^[^.]+\./, '').replace(/\.v\d+$/, '');
}

/** What a fact says, in a few words and without personal data. Nothing for a type that is not known. */
export function factGist(type: string, data: FactData): string {
  return gists[shortType(type)]?.(data) ?? '';
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
