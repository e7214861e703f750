import { serviceTopics } from '@waybill/contracts';
import { startDelivered } from '../delivered';
import { faultsOf, type Window } from '../measure';
import { forgetPeak, loadAverage } from '../process-usage';
import { play } from '../services/play';
import { untilIdle } from '../services/waiting';
import { preload, recordsIn, setStage, type Stage } from '../stage';
import { type Bench, patientGroup, workOff } from './backlog';
import { firstWarmUp } from './orders-bench';
import { dispatched, parcels, scanOn } from './parcels';
import { costOf, costPlots, type Curve, type Point } from './point';
import { storeClones, templateOrders } from './templates';

const { commands: commandTopic, events: factTopic } = serviceTopics('shipments');
const each = 1000;
const rounds = 5;
// numbers as long as those of the templates
const firstStored = 1_000_000;
const warmUpParcels = 200;
const warmUpScans = 25;

export const history: Curve = {
  name: 'history',
  about: `shipments: events that a parcel has; ${rounds} times one scan on each of ${each} parcels`,
  x: 'events of the parcel',
  plots: costPlots,
  async *measure(extent) {
    for (const events of extent === 'quick' ? [1, 100] : [1, 50, 100, 150, 190]) yield await pointOf(events);
  },
};

async function pointOf(events: number): Promise<Point> {
  const stage = await setStage();
  try {
    const bench = await prepared(stage, events);
    const before = await leftIn(stage);
    const stored = Array.from({ length: each }, (_, i) => firstStored + i);
    const windows: Window[] = [];
    for (let round = 0; round < rounds; round++)
      windows.push(await workOff(bench, scans(stored, events + round, 1), each));
    const load = loadAverage();
    await untilIdle(stage, ['shipments']);
    await Promise.all(bench.processes.map((process) => process.stop()));
    const after = await leftIn(stage);
    const faults = faultsOf([
      ['facts of recorded scans', after.facts - before.facts, rounds * each],
      ['facts that the parcels count', after.counted - before.counted, rounds * each],
    ]);
    return { curve: 'history', series: 'shipments', x: events, figures: costOf(windows), load, faults };
  } finally {
    await stage.end();
  }
}

/** Shipments, warmed up, with parcels that have so many events. */
async function prepared(stage: Stage, events: number): Promise<Bench> {
  const templates = templateOrders(parcels, firstWarmUp);
  const others = Array.from({ length: warmUpParcels }, (_, i) => firstWarmUp + 10_000 + i);
  await preload(stage, [...templates, ...others].map(dispatched));
  await play(stage, ['orders', 'shipments']);
  const process = await startDelivered('shipments', stage, patientGroup);
  await preload(stage, [...scans(templates, 0, events), ...scans(others, 0, warmUpScans)], commandTopic);
  await untilIdle(stage, ['shipments']);
  await storeClones(stage, 'shipments', parcels, templates, { first: firstStored, count: each });
  forgetPeak(process.pid);
  // a scan is handed on: what is committed of the topic is not what is recorded
  const handled = () => recordsIn(stage, factTopic);
  return { stage, processes: [process], topic: commandTopic, handled };
}

/** Scans of parcels, all of them the first one before any the second one. */
function scans(orders: readonly number[], first: number, count: number) {
  return Array.from({ length: count }, (_, i) => orders.map((order) => scanOn(order, first + i))).flat();
}

async function leftIn(stage: Stage): Promise<{ readonly facts: number; readonly counted: number }> {
  const all = stage.mongo
    .db('shipments')
    .collection('shipments')
    .find({}, { projection: { seq: 1 } });
  let counted = 0;
  for await (const document of all) counted += Number(document['seq']);
  return { facts: await recordsIn(stage, factTopic), counted };
}
