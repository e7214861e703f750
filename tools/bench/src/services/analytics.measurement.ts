import { serviceTopics } from '@waybill/contracts';
import { committed } from '../delivered';
import type { Check } from '../measure';
import { shop } from '../order-message';
import { preload, type Stage } from '../stage';
import { type Answered, ask, type Question } from './ask';
import { type Measurement, shareOf, type Size } from './measurement';
import { dayAfterLast, dispatchedOrders, firstDay, placedOrders } from './parcel-messages';
import { measureBacklog, play, running, type Task } from './play';

const topic = serviceTopics('orders').events;
/** Placed, dispatched, fulfilled. */
const factsOfOrder = 3;
const ordersAMessage = 5;

export const analyticsMeasurement: Measurement = {
  name: 'analytics',
  about: 'counting the facts of orders placed and dispatched, from the first one on, then reports of them',
  measure: async (stage, size) => {
    const orders = shareOf(size, 1 / factsOfOrder, 12);
    await preload(stage, dispatchedOrders(orders));
    await play(stage, ['orders']);
    const rates = [await measureBacklog(stage, counting(stage, 'analytics', orders))];
    return { rates, answers: await reports(stage, orders, size, ['orders by day', 'shipments by carrier']) };
  },
};

export const reportsMeasurement: Measurement = {
  name: 'reports',
  about: `reports of five orders a message, placed and not dispatched`,
  isOnce: true,
  measure: async (stage, size) => {
    const orders = size.messages * ordersAMessage;
    await preload(stage, placedOrders(orders));
    await play(stage, ['orders']);
    const rates = [await measureBacklog(stage, counting(stage, 'placed orders', orders))];
    return { rates, answers: await reports(stage, orders, size, ['orders by day', 'orders, total']) };
  },
};

const counting = (stage: Stage, workload: string, orders: number): Task => ({
  workload,
  services: ['analytics'],
  topic,
  done: () => committed(stage, 'analytics.g1', topic),
  checks: async (): Promise<Check[]> => {
    const counted = stage.mongo.db('analytics').collection('g1_subjects_orders');
    return [['orders', await counted.countDocuments(), orders]];
  },
});

/** What to ask, and which member of the rows adds up to the number of orders. */
const questions = {
  'orders, total': { of: 'orders', more: 'bucket=total' },
  'orders by day': { of: 'orders', more: 'bucket=day' },
  'shipments by carrier': { of: 'shipments', more: 'bucket=total&group_by=carrier_reference' },
} as const;

/** Asks one after the other for each of the reports; an answer that does not have all orders in it is wrong. */
const reports = (
  stage: Stage,
  orders: number,
  { seconds }: Size,
  names: readonly (keyof typeof questions)[],
): Promise<Answered[]> =>
  running(stage, ['analytics'], async (processes) => {
    const answers: Answered[] = [];
    for (const service of processes)
      for (const what of names)
        answers.push(await ask(service, stage.pids.mongo, questionOf(what, orders), 1, seconds));
    return answers;
  });

function questionOf(what: keyof typeof questions, orders: number): Question {
  const { of, more } = questions[what];
  const path = `/v1/shops/${shop}/analytics/${of}?from=${firstDay}&to=${dayAfterLast}&${more}`;
  return { what: `report: ${what}`, orders, path: () => path, isRight: (body) => sumOf(body, of) === orders };
}

const sumOf = (body: string, member: string): number =>
  (JSON.parse(body) as Record<string, unknown>[]).reduce((sum, row) => sum + Number(row[member]), 0);
