import type { Window } from '../measure';
import { leftByOrders } from '../lanes/waybill.lane';
import { loadAverage } from '../process-usage';
import { workOff } from './backlog';
import { faultsSince, newOrders, totalsOf, withOrders } from './orders-bench';
import { costOf, costPlots, type Curve, type Extent, type Point } from './point';

const sizes: Readonly<Record<Extent, readonly number[]>> = {
  quick: [1000, 10_000],
  usual: [1000, 10_000, 100_000],
  full: [1000, 10_000, 100_000, 1_000_000],
};
/** A small backlog is worked off as often as makes so many messages. */
const messagesAtLeast = 10_000;

export const lag: Curve = {
  name: 'lag',
  about: 'orders: messages that wait, each a new order',
  x: 'messages that wait',
  isLogX: true,
  plots: costPlots,
  async *measure(extent) {
    for (const size of sizes[extent]) yield await pointOf(size);
  },
};

const pointOf = (size: number): Promise<Point> =>
  withOrders({}, async (bench) => {
    const before = await leftByOrders(bench.stage);
    const rounds = Math.max(1, Math.round(messagesAtLeast / size));
    const windows: Window[] = [];
    for (let round = 0; round < rounds; round++)
      windows.push(await workOff(bench, newOrders(round * size, size), size));
    const load = loadAverage();
    const messages = rounds * size;
    const faults = await faultsSince(bench, before, {
      messages,
      orders: messages,
      totals: totalsOf(0, messages),
    });
    return { curve: 'lag', series: 'orders', x: size, figures: costOf(windows), load, faults };
  });
