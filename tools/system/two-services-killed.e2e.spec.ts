import { setTimeout as pause } from 'node:timers/promises';
import {
  audit,
  canStartPrivateStack,
  evidenceOf,
  type RunningParcels,
  type SentCommand,
  type ServiceClient,
  type ServiceProcess,
  startParcels,
  untilSettled,
} from '@waybill/testing';
import { mongo } from 'mongoose';
import { orderIdOf, type ParcelLoad, parcelLoad } from './parcel-load.spec-data';
import { shop } from './parcels.spec-data';

const dayMs = 24 * 3_600_000;
const pieceSize = 100;
const kills = 4;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));

/** Numbers between 0 and 1 from a seed (mulberry32). */
function randomFrom(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Shown {
  readonly shipment_id: string;
  readonly [member: string]: unknown;
}

/** Members that a slot of an order and its shipment have in common. */
const membersOfBoth: readonly string[] = [
  'shipment_id',
  'ordinal',
  'status',
  'direction',
  'tracking_number',
  'carrier_reference',
  'tracking_url',
  'tracking_placed_at',
  'external_shipment_id',
  'products',
  'phase',
  'phase_since',
  'flag',
  'estimated_arrival',
  'picked_up_at',
  'had_delay',
];

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack(`orders and shipments, killed ${kills} times while they work (seed ${seed})`, () => {
  let parcels: RunningParcels;
  let load: ParcelLoad;
  const services: Record<'orders' | 'shipments', ServiceProcess | undefined> = {
    orders: undefined,
    shipments: undefined,
  };

  beforeAll(async () => {
    parcels = await startParcels({ env: { KAFKA_SESSION_TIMEOUT_MS: '3000' } });
    services.orders = parcels.orders.service;
    services.shipments = parcels.shipments.service;
    await playAndKill(randomFrom(seed));
    await untilKeptAreGone();
  }, 150_000);
  afterAll(() => parcels?.end(), 30_000);

  /** Sends the load piece by piece, and kills a service in the middle of some pieces. */
  async function playAndKill(random: () => number): Promise<void> {
    load = parcelLoad(random, 150, Date.now() - 5 * dayMs);
    const pieces = Math.ceil(load.records.length / pieceSize);
    let restarted: Promise<unknown> = Promise.resolve();
    let killed = 0;
    for (let piece = 0; piece < pieces; piece++) {
      if (piece + 1 >= ((killed + 0.5) * pieces) / kills) await restarted;
      const records = load.records.slice(piece * pieceSize, (piece + 1) * pieceSize);
      await Promise.all(
        [parcels.orders.client, parcels.shipments.client].map((client) =>
          client.put(records.filter(({ topic }) => topic === client.topics.commands)),
        ),
      );
      // somewhere in the work on this piece, or just after it
      await pause(random() * 250);
      if (piece < ((killed + 0.5) * pieces) / kills) continue;
      const name = killed % 2 === 0 ? 'shipments' : 'orders';
      killed += 1;
      await services[name]?.kill();
      // what comes meanwhile piles up for it; the other one goes on
      restarted = parcels[name].another().then((service) => (services[name] = service));
    }
    await restarted;
    expect(killed).toBe(kills);
  }

  const settled = () => untilSettled([parcels.orders.client, parcels.shipments.client]);

  /** What is kept waits for the sweep, and what the sweep has sent on is work again. */
  async function untilKeptAreGone(): Promise<void> {
    const deadline = Date.now() + 30_000;
    await settled();
    while ((await kept()).length > 0 && Date.now() < deadline) await pause(500);
    await settled();
  }

  async function kept(): Promise<string[]> {
    const client = new mongo.MongoClient(parcels.stack.mongoUri);
    try {
      const all = await client.db('shipments').collection<{ _id: string }>('kept').find().toArray();
      return all.map(({ _id }) => _id);
    } finally {
      await client.close();
    }
  }

  /** Every command that anybody has sent, reactions and timers too, by the records that carry it. */
  async function sentTo({ heard, topics }: ServiceClient): Promise<SentCommand[]> {
    const copies = new Map<string, number>();
    for (const { value } of await heard.all(topics.commands)) {
      const { id } = JSON.parse(String(value)) as { id: string };
      copies.set(id, (copies.get(id) ?? 0) + 1);
    }
    return [...copies].map(([id, count]) => ({ id, asks: false, copies: count }));
  }

  it.each([
    { name: 'orders' as const, member: 'order' },
    { name: 'shipments' as const, member: 'shipment' },
  ])('$name lost nothing, doubled nothing, and left out no fact', async ({ name, member }) => {
    const { client } = parcels[name];
    const service = services[name];
    if (!service) throw new Error('it was not started');
    expect(audit(await sentTo(client), await evidenceOf(parcels.stack, client, service), member)).toEqual([]);
    const letters = await client.allDeadLetters();
    expect(letters.map(({ kind, id, message: why }) => `${kind} ${id} ${why}`)).toEqual([]);
  });

  it('every scan was recorded exactly once, on the parcel with its number', async () => {
    const { heard, topics } = parcels.shipments.client;
    const recorded = new Map<string, string>();
    for (const { value } of await heard.all(topics.events)) {
      const { id, data } = JSON.parse(String(value)) as { id: string; data: RecordedData };
      if (data.event?.origin === 'carrier')
        recorded.set(id, `${data.shipment.tracking_number} ${data.event.external_id}`);
    }
    expect([...recorded.values()].toSorted()).toEqual(
      load.scans.map(({ parcel, externalId }) => `${parcel} ${externalId}`).toSorted(),
    );
  });

  it('no kept scan is stranded', async () => {
    expect(await kept()).toEqual([]);
  });

  it('every order shows of its parcels what they say of themselves', async () => {
    const partsOf = (shown: readonly Shown[]) =>
      shown
        .map((one) => Object.fromEntries(membersOfBoth.map((name) => [name, one[name]])))
        .toSorted((a, b) => Number(a['ordinal']) - Number(b['ordinal']));
    let compared = 0;
    for (const number of load.orderNumbers) {
      const id = orderIdOf(number);
      const order = await services.orders?.get<{ shipments: Shown[] }>(`/v1/shops/${shop}/orders/${id}`);
      const own = await services.shipments?.get<Shown[]>(`/v1/shops/${shop}/shipments?order_id=${id}`);
      const present = own?.filter(({ status }) => status !== 'withdrawn') ?? [];
      expect(partsOf(order?.shipments ?? [])).toEqual(partsOf(present));
      compared += present.length;
    }
    expect(compared).toBeGreaterThan(load.orderNumbers.length);
  });
});

interface RecordedData {
  readonly event?: { readonly origin: string; readonly external_id: string };
  readonly shipment: { readonly tracking_number: string };
}
