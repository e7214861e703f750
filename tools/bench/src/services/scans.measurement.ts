import { serviceTopics } from '@waybill/contracts';
import type { Check } from '../measure';
import { preload, type Stage } from '../stage';
import { countOf, factsCheck } from './left-behind';
import { type Measurement, shareOf } from './measurement';
import { dispatchedOrders, scans } from './parcel-messages';
import { measureFlood, play } from './play';
import { waitingIn } from './waiting';

const topic = serviceTopics('shipments').commands;
/** Two of an order's own steps are among the events of each parcel: that it was placed, and that it was dispatched. */
const ownSteps = 2;

interface Kind {
  readonly name: string;
  readonly about: string;
  readonly each: number;
  /** Share of the asked number of messages, since facts with a long history are slow. */
  readonly share: number;
}

const scanning = ({ name, about, each, share }: Kind): Measurement => ({
  name,
  about,
  measure: async (stage, size) => {
    const parcels = shareOf(size, share / each, 12);
    await preload(stage, dispatchedOrders(parcels));
    await play(stage, ['orders', 'shipments']);
    const task = {
      workload: name,
      services: ['shipments'],
      topic,
      done: async (sent: number) => sent - (await waitingIn(stage, 'shipments', [topic])),
      checks: () => checksOf(stage, parcels, each),
    } as const;
    return { rates: [await measureFlood(stage, task, [...scans(parcels, each)])] };
  },
});

async function checksOf(stage: Stage, parcels: number, each: number): Promise<Check[]> {
  const delivered = await countOf(stage, 'shipments', { 'state.search.phase': 'delivered' });
  return [
    ['delivered parcels', delivered, parcels],
    ['events', await eventsIn(stage), parcels * (each + ownSteps)],
    await factsCheck(stage, 'shipments'),
  ];
}

async function eventsIn({ mongo }: Stage): Promise<number> {
  let events = 0;
  const all = mongo.db('shipments').collection('shipments');
  const projection = { 'state.events': 1 };
  for await (const { state } of all.find<{ state: { events: string } | null }>({}, { projection }))
    events += state ? (JSON.parse(state.events) as unknown[]).length : 0;
  return events;
}

export const scanMeasurements: readonly Measurement[] = [
  scanning({ name: 'scans', about: 'five scans a parcel, under its tracking number', each: 5, share: 1 }),
  scanning({ name: 'long histories', about: '150 scans a parcel', each: 150, share: 0.5 }),
];
