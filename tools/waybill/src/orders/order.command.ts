import { partitionOfKey } from '@waybill/aggregates';
import { serviceTopics } from '@waybill/contracts';
import { decodeEnvelope } from '@waybill/messaging';
import { Command } from 'commander';
import { mongo } from 'mongoose';
import { brokersOf, type ConnectionOptions, mongoUriOf, withConnection } from '../connection';
import { CommandFailure } from '../failure';
import { connectKafka, withAdmin } from '../kafka/connect';
import { scanTopic } from '../kafka/records';
import { paintFor } from '../screen/paint';
import { withDatabase } from './database';
import { orderIdOf } from './order-record';
import { type OrderView, orderScreen, type ShownDocument, type ShownFact } from './order-screen';

interface Options extends ConnectionOptions {
  readonly database: string;
  readonly json?: boolean;
}

export function orderCommand(): Command {
  const command = new Command('order').description('look at one order');
  command.addCommand(
    withConnection(
      new Command('show').description('its state, its facts as a timeline, and its positions'),
      'mongo',
    )
      .argument('<order>', '<shop>/<number>, or the order id')
      .option('--database <name>', 'database of the orders service', 'orders')
      .option('--json', 'as JSON, with the stored state and whole facts')
      .action(show),
  );
  return command;
}

async function show(named: string, options: Options): Promise<void> {
  const id = orderIdOf(named);
  const [document, read] = await Promise.all([readDocument(id, options), readFacts(id, options)]);
  const view: OrderView = { id, document, ...read };
  if (!document && view.facts.length === 0)
    throw new CommandFailure(`nothing is known of order ${named} (${id})`);
  if (options.json) console.log(mongo.BSON.EJSON.stringify(view, undefined, 2));
  else for (const line of orderScreen(view, paintFor(process.stdout))) console.log(line);
}

function readDocument(id: string, options: Options): Promise<ShownDocument | null> {
  return withDatabase(mongoUriOf(options), options.database, (db) =>
    // `out` repeats the last facts
    db.collection<ShownDocument>('orders').findOne({ _id: id }, { projection: { out: 0 } }),
  );
}

async function readFacts(id: string, options: Options): Promise<{ facts: ShownFact[]; repeats: number }> {
  const brokers = brokersOf(options);
  const kafka = connectKafka(brokers);
  const topic = serviceTopics('orders').events;
  const facts = new Map<number, ShownFact>();
  let repeats = 0;
  await withAdmin(kafka, brokers, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partition = partitionOfKey(id, topics[0]?.partitions.length ?? 1);
    const note = (record: Parameters<typeof decodeEnvelope>[0]) => {
      if (record.key?.toString() !== id) return;
      const decoded = decodeEnvelope(record);
      if (!decoded.ok) return;
      const { type, sequence = 0, time = '', causationid, data } = decoded.envelope;
      if (facts.has(sequence)) repeats += 1;
      else
        facts.set(sequence, {
          type,
          sequence,
          time,
          ...(causationid === undefined ? {} : { causationid }),
          data: data as ShownFact['data'],
        });
    };
    await scanTopic(kafka, admin, topic, note, [partition]);
  });
  return { facts: [...facts.values()].toSorted((a, b) => a.sequence - b.sequence), repeats };
}
