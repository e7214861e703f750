import { randomUUID } from 'node:crypto';
import { serviceTopics } from '@waybill/contracts';
import type { Admin, Kafka } from 'kafkajs';
import { connectKafka, withAdmin } from '../kafka/connect';
import { tailTopic } from '../kafka/records';
import { endsOf, untilAtRest } from '../kafka/rest';
import { deliberateMessages, heroOf } from '../olist/deliberate-messages';
import { independentFigures } from '../olist/independent-figures';
import { joinOrders, type OlistOrder, timesOf } from '../olist/olist-order';
import { type OlistTables, readOlistTables } from '../olist/olist-tables';
import { draftEstimate, messagesOfRow } from '../olist/row-messages';
import { Arrivals } from './arrivals';
import { CommandSender } from './command-sender';
import { Course } from './course';
import { demoReports } from './demo-reports';
import { eventTopics, listenToFacts } from './fact-listener';
import { FactLog } from './fact-log';
import { examine } from './examination';
import { checkFigures } from './figures-check';
import { lastHourOf, overdueChecks } from './overdue-checks';
import { commandServices, inTimeOrder, type PlannedMessage, withDoubles } from './planned-message';
import type { PlayReport } from './play-report';
import { readingsOf } from './readings';
import { reportOfRun } from './report-of-run';
import { ResultLog } from './result-log';
import { shuffledScans } from './shuffled-scans';
import { storyOfTwoParcels } from './story';

/** Where the system is. */
export interface SystemAddresses {
  readonly brokers: readonly string[];
  readonly ordersUrl: string;
  readonly shipmentsUrl: string;
  readonly analyticsUrl: string;
}

export interface PlayRequest extends SystemAddresses {
  /** Folder in the layout of the Olist data set. */
  readonly data: string;
  readonly shop: string;
  /** How many orders; all of them where it is left out. */
  readonly limit?: number;
  /** Messages per second; as fast as it goes where it is left out. */
  readonly perSecond?: number;
  /** Scans in an order that follows from this number; else in the order of their times. */
  readonly shuffleScans?: number;
  /** When to look for overdue parcels; the hour after all that the rows tell where it is left out. */
  readonly asOf?: string;
  /** Tell the story of an order with two parcels, too, and show reports instead of comparing them with the rows. */
  readonly withStory: boolean;
  /** The system was never used before: nothing may turn out to be a duplicate. */
  readonly isFresh: boolean;
  readonly title: (orders: number) => string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Every how many accepted commands one is sent a second time. */
const doubleEvery = 25;
const replyTopic = 'demo.reply';

/** Plays a data set into a running system as commands, listens to what comes of it, and checks it against a calculation of its own. */
export async function play(request: PlayRequest): Promise<PlayReport> {
  const tables = readOlistTables(request.data, request.limit);
  const kafka = connectKafka(request.brokers);
  return withAdmin(kafka, request.brokers, async (admin) => {
    await admin.createTopics({ topics: [{ topic: replyTopic, numPartitions: 3 }], waitForLeaders: true });
    return playTables(request, tables, kafka, admin);
  });
}

async function playTables(
  request: PlayRequest,
  tables: OlistTables,
  kafka: Kafka,
  admin: Admin,
): Promise<PlayReport> {
  const { shop, signal, progress } = request;
  const orders = joinOrders(tables);
  const asOf = request.asOf ?? lastHourOf(orders.flatMap(timesOf));
  const run = randomUUID();
  const results = new ResultLog(run);
  const facts = new FactLog(shop, await endsOf(admin, eventTopics));
  const arrivals = new Arrivals();
  const sender = new CommandSender(kafka, replyTopic, run);
  const tail = (topic: string, hear: ResultLog['hearReply']) =>
    tailTopic(kafka, admin, topic, (record) => (hear(record), arrivals.changed()));
  const factListener = await listenToFacts(request.brokers, admin, facts, arrivals);
  const listening = await Promise.all([
    tail(replyTopic, (record) => results.hearReply(record)),
    ...commandServices.map((service) =>
      tail(serviceTopics(service).deadLetters, (record) => results.hearDeadLetter(record)),
    ),
  ]);
  const course = new Course({ ...request, sender, results, facts, arrivals });
  const readings = await readingsOf(admin, factListener.group, request.withStory);
  const rest = () => untilAtRest(admin, readings, signal);
  try {
    await sender.connect();
    await course.run(plannedRows(orders, request), 'orders');
    progress('orders: waiting until nothing is on its way');
    await rest();
    const restMs = performance.now();
    await course.run(
      orders.flatMap((order) => draftEstimate(order, shop)),
      'estimates',
    );
    await course.run(deliberateMessages(orders, shop), 'bad messages');
    const story = request.withStory ? storyOfTwoParcels(shop) : undefined;
    if (story) await course.tell(story);
    await course.factsAreRead();
    await course.run(overdueChecks(facts.parcels.values(), asOf, shop), 'overdue parcels');
    await rest();
    if (story) await course.tell({ ...story, steps: story.afterwards });
    await rest();
    progress('reading orders, parcels and reports over HTTP');
    const wanted = independentFigures(tables, asOf);
    const examined = await examine(wanted, facts, request);
    const [month = ''] = Object.keys(wanted.orders.byMonth).toSorted();
    return reportOfRun({
      title: request.title(orders.length),
      shop,
      hero: story?.orderNumber ?? (heroOf(orders) ?? orders[0])?.orderId ?? '',
      sent: sender.sent,
      results,
      facts,
      isFresh: request.isFresh,
      restMs,
      ...examined,
      ...(story
        ? { reports: await demoReports(request, month, signal) }
        : { reports: [], figures: await checkFigures(request, examined.strangers) }),
      problems: [...factListener.alarms, ...examined.problems],
    });
  } finally {
    await Promise.allSettled([
      sender.disconnect(),
      factListener.stop(),
      ...listening.map((listener) => listener.stop()),
    ]);
  }
}

/** All that the rows say, in the order in which it is sent. */
function plannedRows(
  orders: readonly OlistOrder[],
  { shop, shuffleScans }: Pick<PlayRequest, 'shop' | 'shuffleScans'>,
): PlannedMessage[] {
  const planned = inTimeOrder(orders.flatMap((order) => messagesOfRow(order, shop)));
  return withDoubles(
    shuffleScans === undefined ? planned : shuffledScans(planned, shuffleScans),
    doubleEvery,
  );
}
