import { createHash } from 'node:crypto';
import { type BenchMessage, orderMessage, type OrderSize, totalOf } from './order-message';
import { seeded } from './random';

/** What the messages of a workload leave behind when all are handled. */
export interface Expected {
  readonly messages: number;
  readonly orders: number;
  /** Sum of the orders' last totals, minor units. */
  readonly totals: number;
  /** Messages that change nothing: what is no JSON, and what a rule refuses. */
  readonly faulty: number;
}

export interface Workload {
  readonly name: string;
  readonly about: string;
  readonly size: OrderSize;
  /** Share of the asked number of messages, since large ones are slow. */
  readonly scale: number;
  readonly steps: (messages: number) => Iterable<Step>;
}

/** One message: a command on an order, or a faulty one. */
export type Step =
  | { readonly order: number; readonly nth: number }
  | { readonly fault: 'no JSON' | 'refused' };

const hotOrders = 20;
const updatesEach = 10;

function* eachNew(messages: number): Iterable<Step> {
  for (let order = 0; order < messages; order++) yield { order, nth: 0 };
}

/** Ten messages an order, in random turns over all that are not done. */
function* updates(messages: number): Iterable<Step> {
  const random = seeded(42);
  const open = Array.from({ length: Math.max(1, Math.floor(messages / updatesEach)) }, (_, order) => ({
    order,
    nth: 0,
  }));
  while (open.length > 0) {
    const at = Math.floor(random() * open.length);
    const next = open[at];
    const last = open.at(-1);
    if (!next || !last) return;
    yield { order: next.order, nth: next.nth++ };
    if (next.nth < updatesEach) continue;
    open[at] = last;
    open.pop();
  }
}

/** Half of all messages on twenty orders, the rest on new ones. */
function* hot(messages: number): Iterable<Step> {
  const random = seeded(7);
  const nths = new Map<number, number>();
  let fresh = hotOrders;
  for (let i = 0; i < messages; i++) {
    const order = random() < 0.5 ? Math.floor(random() * hotOrders) : fresh++;
    const nth = nths.get(order) ?? 0;
    nths.set(order, nth + 1);
    yield { order, nth };
  }
}

/** Every tenth one cannot be handled. */
function* faulty(messages: number): Iterable<Step> {
  for (let i = 0; i < messages; i++) {
    if (i % 20 === 9) yield { fault: 'no JSON' };
    else if (i % 20 === 19) yield { fault: 'refused' };
    else yield { order: i, nth: 0 };
  }
}

export const workloads: readonly Workload[] = [
  { name: 'new', about: 'each message a new order', size: 'usual', scale: 1, steps: eachNew },
  { name: 'updates', about: 'ten messages an order', size: 'usual', scale: 1, steps: updates },
  { name: 'hot', about: 'half of all messages on twenty orders', size: 'usual', scale: 1, steps: hot },
  { name: 'faulty', about: 'a tenth malformed or refused', size: 'usual', scale: 1, steps: faulty },
  { name: 'small', about: 'new orders without products', size: 'small', scale: 1, steps: eachNew },
  { name: 'large', about: 'new orders of 100 KB', size: 'large', scale: 0.05, steps: eachNew },
];

/** The messages, the same bytes at every call. */
export function* messagesOf({ steps, size }: Workload, messages: number): Iterable<BenchMessage> {
  let i = 0;
  for (const step of steps(messages)) {
    i++;
    if (!('fault' in step)) yield orderMessage(step.order, step.nth, size);
    else
      yield step.fault === 'refused'
        ? refusedMessage(i, size)
        : { key: `fault-${i}`, value: Buffer.from(`{"no json ${i}`) };
  }
}

// both the stock validation and ours refuse a number of parcels that is no number
function refusedMessage(order: number, size: OrderSize): BenchMessage {
  const { key, value } = orderMessage(order, 0, size);
  const message = JSON.parse(value.toString());
  message.data.order.expected_number_of_shipments = 'many';
  return { key, value: Buffer.from(JSON.stringify(message)) };
}

export function expectedOf({ steps }: Workload, messages: number): Expected {
  const last = new Map<number, number>();
  let all = 0;
  let faults = 0;
  for (const step of steps(messages)) {
    all++;
    if ('fault' in step) faults++;
    else last.set(step.order, step.nth);
  }
  let totals = 0;
  for (const [order, nth] of last) totals += totalOf(order, nth);
  return { messages: all, orders: last.size, totals, faulty: faults };
}

/** SHA-256 of all bytes of a workload: two lanes that show the same one were given the same. */
export function bytesOf(messages: Iterable<BenchMessage>): {
  readonly bytes: number;
  readonly sha256: string;
} {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const { key, value } of messages) {
    hash.update(key).update(value);
    bytes += value.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
