import type { mongo } from 'mongoose';
import { Child } from '../child';
import { environment } from '../delivered';
import { eventTopic, recordsIn, type Stage } from '../stage';
import type { Expected } from '../workloads';
import { database } from './database';
import type { Lane, Run } from './lane';

interface Kind {
  readonly hasFacts: boolean;
  /** Whether it leaves orders that can be looked at. */
  readonly checks: boolean;
}

interface Told {
  readonly orders: number;
  readonly totals: number;
  readonly written: number;
}

/** A lane whose process is this program's own, by `lane NAME`; it tells how far it is, and at its end what it did. */
export function childLane(lane: Omit<Lane, 'start'>, kind: Kind): Lane {
  return {
    ...lane,
    start: async (stage, expected) => {
      const args = ['lane', lane.name, String(expected.messages)];
      const child = new Child(process.argv[1] ?? '', args, environment(stage));
      await child.until(({ msg }) => msg === 'ready', 'it was ready');
      return runOf(child, stage, expected, lane.isSlow, kind);
    },
  };
}

function runOf(child: Child, stage: Stage, expected: Expected, isSlow: boolean, kind: Kind): Run {
  const done = async () => Number(child.latest('done')?.['done'] ?? 0);
  return {
    pid: child.pid,
    done,
    end: async () => {
      await child.stop();
      const told = child.latest('written') as Told | undefined;
      if (!told) throw new Error('the lane did not tell what it has done');
      const messages = await done();
      if (!kind.checks) return { found: { messages, ...nothing }, wanted: nothing };
      const found = await sumsOf(stage.mongo.db(database));
      const facts = kind.hasFacts ? await recordsIn(stage, eventTopic) : 0;
      const factsWanted = kind.hasFacts ? told.written : 0;
      return { found: { messages, ...found, facts, factsWanted }, wanted: isSlow ? told : expected };
    },
  };
}

const nothing = { orders: 0, totals: 0, facts: 0, factsWanted: 0 };

async function sumsOf(db: mongo.Db): Promise<{ orders: number; totals: number }> {
  const sums = { orders: 0, totals: 0 };
  const all = db
    .collection('orders')
    .find<{ total_order_price: number }>({}, { projection: { total_order_price: 1 } });
  for await (const { total_order_price } of all) {
    sums.orders++;
    sums.totals += Math.round(total_order_price * 100);
  }
  return sums;
}
