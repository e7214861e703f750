import { leftByOrders } from '../lanes/waybill.lane';
import type { Window } from '../measure';
import { idOf, numberOf, orderMessage, shop, totalOf } from '../order-message';
import { loadAverage } from '../process-usage';
import { workOff } from './backlog';
import { faultsSince, firstWarmUp, newOrders, totalsOf, withOrders } from './orders-bench';
import { costOf, costPlots, type Curve, type Extent, type Point } from './point';
import { type Kind, storeClones, templateOf, templateOrders } from './templates';

const sizes: Readonly<Record<Extent, readonly number[]>> = {
  quick: [1000, 10_000],
  usual: [1000, 10_000, 100_000],
  full: [1000, 10_000, 100_000, 1_000_000],
};
const rounds = 10;
const each = 1000;
// numbers as long as those of the templates
const firstStored = 1_000_000;
const firstNew = 5_000_000;

const orders: Kind = {
  namesOf: (order) => [idOf(order), numberOf(order)],
  keyOf: (order) => `${shop}/${numberOf(order)}`,
};

export const documents: Curve = {
  name: 'documents',
  about: `orders: documents in the database; ${rounds} times ${each} messages on new orders, and on stored ones`,
  x: 'stored orders',
  isLogX: true,
  plots: costPlots,
  async *measure(extent) {
    for (const size of sizes[extent]) yield* await pointsOf(size);
  },
};

const pointsOf = (size: number): Promise<Point[]> =>
  withOrders({}, async (bench) => {
    const templates = templateOrders(orders, firstWarmUp);
    await storeClones(bench.stage, 'orders', orders, templates, { first: firstStored, count: size });
    const before = await leftByOrders(bench.stage);
    const onNew: Window[] = [];
    const onStored: Window[] = [];
    const stride = Math.floor(size / each);
    // turn by turn: both meet the same state of the database
    for (let round = 0; round < rounds; round++) {
      onNew.push(await workOff(bench, newOrders(firstNew + round * each, each), each));
      const updates = Array.from({ length: each }, (_, i) =>
        orderMessage(firstStored + i * stride, round + 1, 'usual'),
      );
      onStored.push(await workOff(bench, updates, each));
    }
    const load = loadAverage();
    let changed = 0;
    for (let i = 0; i < each; i++) {
      const order = firstStored + i * stride;
      changed += totalOf(order, rounds) - totalOf(templateOf(orders, templates, order), 0);
    }
    const faults = await faultsSince(bench, before, {
      messages: 2 * rounds * each,
      orders: rounds * each,
      totals: totalsOf(firstNew, rounds * each) + changed,
    });
    const point = (series: string, windows: readonly Window[]): Point => ({
      curve: 'documents',
      series,
      x: size,
      figures: costOf(windows),
      load,
      faults,
    });
    return [point('new orders', onNew), point('stored orders', onStored)];
  });
