import { join } from 'node:path';
import { Child } from '../child';
import { commandTopic, eventTopic, recordsIn, type Stage } from '../stage';
import type { Lane } from './lane';

const asInTheImage = ['--enable-source-maps', '--max-semi-space-size=32'];

/** The orders service as it is delivered: all rules, all facts, nothing switched off. */
export const waybillLane: Lane = {
  name: 'waybill',
  about: 'the orders service, all rules and all facts',
  isSlow: false,
  start: async (stage, expected) => {
    const child = new Child(
      join(process.cwd(), 'dist/apps/orders/main.js'),
      [],
      environment(stage),
      asInTheImage,
    );
    await child.until(({ msg }) => msg === 'ready', 'it was ready');
    const done = () => committed(stage);
    return {
      pid: child.pid,
      done,
      end: async () => {
        const messages = await done();
        await child.stop();
        const { orders, totals, factsWanted } = await sumsOf(stage);
        const facts = await recordsIn(stage, eventTopic);
        return { found: { messages, orders, totals, facts, factsWanted }, wanted: expected };
      },
    };
  },
};

export const environment = ({ brokers, mongoUri }: Stage): Readonly<Record<string, string>> => ({
  KAFKA_BROKERS: brokers,
  MONGODB_URI: mongoUri,
  WAYBILL_SIGNING_KEY: 'a-signing-key-for-the-bench-that-is-long-enough',
  NODE_ENV: 'production',
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
});

/** The service commits what is written and published, batch by batch. */
async function committed({ admin }: Stage): Promise<number> {
  const [topic] = await admin.fetchOffsets({ groupId: 'orders', topics: [commandTopic] });
  return (topic?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
}

interface Stored {
  readonly seq: number;
  readonly state: { readonly details: { readonly totalPriceMinor: number } };
}

async function sumsOf({ mongo }: Stage): Promise<{ orders: number; totals: number; factsWanted: number }> {
  const sums = { orders: 0, totals: 0, factsWanted: 0 };
  const all = mongo
    .db('orders')
    .collection('orders')
    .find<Stored>({ state: { $ne: null } }, { projection: { seq: 1, 'state.details.totalPriceMinor': 1 } });
  for await (const { seq, state } of all) {
    sums.orders++;
    sums.totals += state.details.totalPriceMinor;
    sums.factsWanted += seq;
  }
  return sums;
}
