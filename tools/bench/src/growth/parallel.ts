import { leftByOrders } from '../lanes/waybill.lane';
import type { Window } from '../measure';
import { loadAverage } from '../process-usage';
import { workOff } from './backlog';
import { faultsSince, newOrders, type OrdersBenchOptions, totalsOf, withOrders } from './orders-bench';
import { costOf, costPlots, type Curve, type Extent, type Point } from './point';

const rounds: Readonly<Record<Extent, number>> = { quick: 1, usual: 3, full: 5 };
const size = 10_000;

export const partitions: Curve = {
  name: 'partitions',
  about: `orders: partitions of each topic, ${size} messages wait`,
  x: 'partitions',
  plots: costPlots,
  async *measure(extent) {
    for (const count of [1, 4, 12]) yield await pointOf('partitions', count, { partitions: count }, extent);
  },
};

export const instances: Curve = {
  name: 'instances',
  about: `orders: processes in one group, ${size} messages wait; time and memory of all of them together`,
  x: 'processes',
  plots: costPlots,
  async *measure(extent) {
    for (const count of [1, 2]) yield await pointOf('instances', count, { instances: count }, extent);
  },
};

const pointOf = (curve: string, x: number, options: OrdersBenchOptions, extent: Extent): Promise<Point> =>
  withOrders(options, async (bench) => {
    const before = await leftByOrders(bench.stage);
    const windows: Window[] = [];
    for (let round = 0; round < rounds[extent]; round++)
      windows.push(await workOff(bench, newOrders(round * size, size), size));
    const load = loadAverage();
    const messages = rounds[extent] * size;
    const faults = await faultsSince(bench, before, {
      messages,
      orders: messages,
      totals: totalsOf(0, messages),
    });
    return { curve, series: 'orders', x, figures: costOf(windows), load, faults };
  });
