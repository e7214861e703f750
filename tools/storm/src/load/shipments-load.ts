import type { Draft } from './load-record';
import { type LoadOrder, type LoadWorld, numberOf, parcelOf } from './load-world';

const kinds = { scan: 60, event: 14, estimateByNumber: 10, estimateById: 8, invalid: 8 } as const;

const scanNames = [
  'CARRIER_PICKED_UP',
  'ARRIVAL_AT_TRANSPORT_HUB',
  'DELAYED',
  'OUT_FOR_DELIVERY',
  'DELIVERY_ATTEMPTED',
  'SUCCESSFULLY_DELIVERED',
  'A_NAME_OF_ITS_OWN',
] as const;

/** A parcel takes at most 200 events; far more than an order is given here. */
const mostScans = 100;
const mostAhead = 2;

/** One command to shipments: what carriers and merchants say, half of the scans before their number is given. */
export function shipmentDraft(world: LoadWorld): Draft {
  const order = world.order(({ scans }) => scans < mostScans);
  order.scans += 1;
  switch (world.random.weighted(kinds)) {
    case 'scan':
      return scan(world, order);
    case 'event':
      return event(world, order);
    case 'estimateByNumber': {
      const { number, carrier } = parcelAhead(world, order);
      return {
        ...draft(order, 'update-estimated-arrival', number, {
          carrier_reference: carrier,
          tracking_number: number,
          ...estimate(world),
        }),
        known: { waits: true, echoes: true },
      };
    }
    case 'estimateById': {
      const id = parcelOf(order, world.random.int(1, 2));
      return draft(order, 'update-estimated-arrival', id, { shipment_id: id, ...estimate(world) });
    }
    case 'invalid': {
      const number = numberOf(order, 1);
      const data = { tracking_number: number, event_name: 'DELAYED', ...world.random.pick(wrong) };
      return { ...draft(order, 'record-scan', number, data), known: { must: 'be refused' } };
    }
  }
}

function scan(world: LoadWorld, order: LoadOrder): Draft {
  const { random } = world;
  const { number, carrier } = parcelAhead(world, order);
  // one in ten says what another one has said, or will say
  const echoes = random.chance(0.1);
  const externalId = echoes ? `${number}-again` : `${number}-${world.unique()}`;
  const time = momentOf(world);
  const expected = random.chance(0.2) ? { estimated_arrival: { to: momentOf(world) } } : {};
  const data = {
    carrier_reference: carrier,
    tracking_number: number,
    event_name: echoes ? 'IN_CUSTOMS' : random.pick(scanNames),
    event_time: echoes ? '2026-01-10T10:00:00.000Z' : time,
    external_id: externalId,
    ...(echoes ? {} : expected),
  };
  return {
    ...draft(order, 'record-scan', random.chance(0.7) ? number : 'a carrier', data),
    known: {
      waits: true,
      scan: { shop: order.shop, number, externalId },
      ...(echoes ? { echoes: true as const } : {}),
    },
  };
}

function event(world: LoadWorld, order: LoadOrder): Draft {
  const id = parcelOf(order, world.random.int(1, 2));
  return draft(order, 'add-shipment-event', world.random.chance(0.5) ? order.id : id, {
    shipment_id: id,
    event_name: world.random.pick(['PACKED', 'DEPARTURE_FROM_TRANSPORT_HUB']),
    event_time: momentOf(world),
    external_id: world.unique(),
  });
}

/** A parcel that has its number, or one of the next ones that will get theirs. */
function parcelAhead(world: LoadWorld, order: LoadOrder): { number: string; carrier: string } {
  const n = world.random.int(1, order.trackings + mostAhead);
  return { number: numberOf(order, n), carrier: 'dhl' };
}

const estimate = (world: LoadWorld) => ({
  to: momentOf(world),
  ...(world.random.chance(0.7) ? { predicted_at: momentOf(world) } : {}),
});

const wrong = [
  { carrier_reference: 'unknown', event_time: '2026-01-10T10:00:00Z' },
  { carrier_reference: 'dhl' },
  { carrier_reference: 'dhl', event_time: 'yesterday' },
];

const draft = (order: LoadOrder, type: string, key: string, data: object): Draft => ({
  service: 'shipments',
  type,
  key,
  data: { shop_slug: order.shop, ...data },
});

/** No two are the same, as good as. */
const momentOf = ({ random }: LoadWorld): string =>
  new Date(Date.UTC(2026, 0, 5) + random.int(0, 20 * 86_400_000)).toISOString();
