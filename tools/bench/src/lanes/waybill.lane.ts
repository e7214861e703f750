import { committed, startDelivered } from '../delivered';
import { commandTopic, eventTopic, recordsIn, type Stage } from '../stage';
import type { Lane, Outcome } from './lane';

/** The orders service as it is delivered: all rules, all facts, nothing switched off. */
export const waybillLane: Lane = {
  name: 'waybill',
  about: 'the orders service, all rules and all facts',
  isSlow: false,
  start: async (stage, expected) => {
    const child = await startDelivered('orders', stage);
    return {
      pid: child.pid,
      done: () => handledOrders(stage),
      end: async () => {
        // before it ends: what is not committed by now is not done
        const messages = await handledOrders(stage);
        await child.stop();
        return { found: { ...(await leftByOrders(stage)), messages }, wanted: expected };
      },
    };
  },
};

/** How many commands the orders service has handled. */
export const handledOrders = (stage: Stage): Promise<number> => committed(stage, 'orders', commandTopic);

/** What the orders service has left. */
export async function leftByOrders(stage: Stage): Promise<Outcome> {
  const messages = await handledOrders(stage);
  const facts = await recordsIn(stage, eventTopic);
  return { messages, facts, ...(await sumsOf(stage)) };
}

interface Stored {
  readonly seq: number;
  /** The details are JSON. */
  readonly state: { readonly details: string };
}

async function sumsOf({ mongo }: Stage): Promise<Pick<Outcome, 'orders' | 'totals' | 'factsWanted'>> {
  const sums = { orders: 0, totals: 0, factsWanted: 0 };
  const all = mongo
    .db('orders')
    .collection('orders')
    .find<Stored>({ state: { $ne: null } }, { projection: { seq: 1, 'state.details': 1 } });
  for await (const { seq, state } of all) {
    sums.orders++;
    sums.totals += (JSON.parse(state.details) as { totalPriceMinor: number }).totalPriceMinor;
    sums.factsWanted += seq;
  }
  return sums;
}
