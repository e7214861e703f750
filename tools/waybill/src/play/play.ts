import { randomUUID } from 'node:crypto';
import { serviceTopics } from '@waybill/contracts';
import type { Admin, Kafka } from 'kafkajs';
import { connectKafka, withAdmin } from '../kafka/connect';
import { tailTopic } from '../kafka/records';
import { deliberateMessages, heroOf } from '../olist/deliberate-messages';
import { figuresOf, independentFigures } from '../olist/independent-figures';
import { joinOrders } from '../olist/olist-order';
import { type OlistTables, readOlistTables } from '../olist/olist-tables';
import { messagesOfRow } from '../olist/row-messages';
import { Arrivals } from './arrivals';
import { CommandSender } from './command-sender';
import { compare } from './comparison';
import { FactLog } from './fact-log';
import { listenToFacts } from './fact-listener';
import { readOrdersOverHttp } from './http-orders';
import { orderFigure, type OrderSnapshot } from './order-figure';
import { inTimeOrder, type PlannedMessage, withDoubles } from './planned-message';
import type { PlayReport } from './play-report';
import { reportOfRun } from './report-of-run';
import { ResultLog } from './result-log';
import { snapshotDifferences } from './snapshot-differences';

export interface PlayRequest {
  readonly brokers: readonly string[];
  readonly ordersUrl: string;
  /** Folder in the layout of the Olist data set. */
  readonly data: string;
  readonly shop: string;
  /** How many orders; all of them where it is left out. */
  readonly limit?: number;
  /** Messages per second; as fast as it goes where it is left out. */
  readonly perSecond?: number;
  /** The system was never used before: nothing may turn out to be a duplicate. */
  readonly isFresh: boolean;
  readonly title: (orders: number) => string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Every how many accepted commands one is sent a second time. */
const doubleEvery = 25;
const replyTopic = 'demo.reply';
const { commands: commandTopic, deadLetters: deadLetterTopic } = serviceTopics('orders');

/** Plays a data set into a running system as commands, listens to what comes of it, and checks it against a calculation of its own. */
export async function play(request: PlayRequest): Promise<PlayReport> {
  const tables = readOlistTables(request.data, request.limit);
  const kafka = connectKafka(request.brokers);
  return withAdmin(kafka, request.brokers, async (admin) => {
    await ensureReplyTopic(admin);
    return playTables(request, tables, kafka, admin);
  });
}

async function playTables(
  request: PlayRequest,
  tables: OlistTables,
  kafka: Kafka,
  admin: Admin,
): Promise<PlayReport> {
  const { shop, signal } = request;
  const orders = joinOrders(tables);
  const rows = withDoubles(inTimeOrder(orders.flatMap((order) => messagesOfRow(order, shop))), doubleEvery);
  const run = randomUUID();
  const results = new ResultLog(run);
  const facts = new FactLog(shop);
  const arrivals = new Arrivals();
  const sender = new CommandSender(kafka, { commands: commandTopic, reply: replyTopic }, run);
  const listening = await Promise.all([
    tailTopic(kafka, admin, replyTopic, (record) => (results.hearReply(record), arrivals.changed())),
    tailTopic(
      kafka,
      admin,
      deadLetterTopic,
      (record) => (results.hearDeadLetter(record), arrivals.changed()),
    ),
    listenToFacts(request.brokers, admin, facts, arrivals),
  ]);
  const [, , factListener] = listening;
  try {
    await sender.connect();
    await sendAndAwait(rows, 'orders', { request, sender, results, arrivals });
    await sendAndAwait(deliberateMessages(orders, shop), 'bad messages', {
      request,
      sender,
      results,
      arrivals,
    });
    await factsAreThere(sender, results, facts, arrivals, signal);
    request.progress('reading the orders over HTTP');
    const wanted = independentFigures(tables);
    const numbers = [...wanted.byOrder.keys()];
    const seen = await readOrdersOverHttp(request.ordersUrl, shop, signal);
    const read = new Map(seen.map((order) => [order.order_number, order]));
    const published = new Map(numbers.map((number) => [number, facts.snapshot(number)]));
    return reportOfRun({
      title: request.title(orders.length),
      shop,
      hero: (heroOf(orders) ?? orders[0])?.orderId ?? '',
      sent: sender.sent,
      results,
      facts,
      isFresh: request.isFresh,
      check: compare(wanted, {
        facts: figuresOf(figuresBy(numbers, published)),
        factCount: facts.countOf(numbers),
        http: figuresOf(figuresBy(numbers, read)),
      }),
      problems: [...factListener.alarms, ...snapshotDifferences(published, read)],
    });
  } finally {
    await Promise.allSettled([sender.disconnect(), ...listening.map((listener) => listener.stop())]);
  }
}

async function ensureReplyTopic(admin: Admin): Promise<void> {
  await admin.createTopics({ topics: [{ topic: replyTopic, numPartitions: 3 }], waitForLeaders: true });
}

interface Course {
  readonly request: PlayRequest;
  readonly sender: CommandSender;
  readonly results: ResultLog;
  readonly arrivals: Arrivals;
}

async function sendAndAwait(
  messages: readonly PlannedMessage[],
  what: string,
  { request, sender, results, arrivals }: Course,
): Promise<void> {
  const { signal, perSecond, progress } = request;
  const from = sender.sent.length;
  const tell = () => {
    const sent = sender.sent.length - from;
    const open = results.open(sender.sent).length;
    progress(`${what}: ${sent} of ${messages.length} messages sent, ${sent - open} of them done`);
  };
  await sender.send(messages, { ...(perSecond === undefined ? {} : { perSecond }), signal, onSent: tell });
  const open = () => results.open(sender.sent);
  const isDone = () => {
    tell();
    return open().length === 0;
  };
  await arrivals.until(isDone, () => missing(open().map(({ message }) => message)), signal);
}

function missing(open: readonly PlannedMessage[]): string {
  const [first] = open;
  return `nothing has come back of ${open.length} messages, the first one is ${first?.commandId ?? first?.gist}`;
}

async function factsAreThere(
  sender: CommandSender,
  results: ResultLog,
  facts: FactLog,
  arrivals: Arrivals,
  signal: AbortSignal,
): Promise<void> {
  const announced = sender.sent.flatMap(({ correlationId }) => {
    const outcome = results.replies.get(correlationId)?.outcome;
    const subject = outcome?.aggregate_id;
    return subject === undefined || outcome?.sequence === undefined
      ? []
      : [{ subject, sequence: outcome.sequence }];
  });
  const missingFacts = () => announced.filter(({ subject, sequence }) => !facts.fact(subject, sequence));
  await arrivals.until(
    () => missingFacts().length === 0,
    () => `${missingFacts().length} facts that were announced have not been read`,
    signal,
  );
}

function figuresBy(numbers: readonly string[], orders: ReadonlyMap<string, OrderSnapshot | undefined>) {
  return new Map(
    numbers.flatMap((number) => {
      const order = orders.get(number);
      return order ? [[number, orderFigure(order)] as const] : [];
    }),
  );
}
