import { MongoPositionStore, type PositionDocument } from '@waybill/aggregates';
import { serviceTopics, topicManifest } from '@waybill/contracts';
import { baseStream, partitionOfStream } from '@waybill/messaging';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { mongo } from 'mongoose';
import { brokersOf, type ConnectionOptions, mongoUriOf, withConnection } from '../connection';
import { CommandFailure } from '../failure';
import { connectKafka, withAdmin } from '../kafka/connect';
import { requireIdle } from '../kafka/idle';
import { withDatabase } from '../aggregate/database';
import { columns } from '../screen/columns';
import { rewindPartitions } from './rewind';

interface Options extends ConnectionOptions {
  readonly service: string;
  readonly database?: string;
  readonly group?: string;
  readonly topic?: string;
  readonly partition?: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

export function positionsCommand(): Command {
  const command = new Command('positions').description('up to where the input of a service is finished');
  command.addCommand(
    common('show', 'show the position of each input partition')
      .option('--json', 'one JSON object a line')
      .action(show),
  );
  command.addCommand(
    common('rewind', 'after a restore of the database: go back to where it is')
      .option('--topic <name>', 'command topic; says whose, as --service does')
      .option('--partition <n>', 'one partition of it', wholeNumber)
      .option('--all', 'all partitions that are ahead of the database')
      .option('--group <id>', 'consumer group (default: the name of the service)')
      .addHelpText(
        'after',
        '\nFor a database that was restored from a backup and is now behind what its service has committed. Stop the service\n' +
          'first. What the database has not seen is applied again; what was handed on before is not handed on again.',
      )
      .action(rewind),
  );
  return command;
}

function common(name: string, description: string): Command {
  return withConnection(new Command(name).description(description), 'mongo')
    .addOption(
      new Option('--service <name>', 'whose').choices(['orders', 'shipments', 'claims']).default('orders'),
    )
    .option('--database <name>', 'its database (default: its name)');
}

async function show(options: Options): Promise<void> {
  const documents = await withPositions(options, (collection) => collection.find().toArray());
  if (options.json) {
    for (const document of documents) console.log(JSON.stringify(document));
    return;
  }
  if (documents.length === 0) return console.log('the service has written down no position yet');
  const rows = documents
    .toSorted(byPartition)
    .map(({ _id, finished, handOnFrom, trying }) => [
      _id,
      finished ? String(finished.offset) : '–',
      finished ? new Date(finished.timestampMs).toISOString() : '–',
      handOnFrom === undefined ? '' : `hands on from ${handOnFrom}`,
      trying && trying.count > 1 ? `offset ${trying.offset} was tried ${trying.count} times` : '',
    ]);
  const heads = ['STREAM', 'FINISHED BELOW', 'LAST RECORD OF', '', ''].map((title) => ({ title }));
  for (const line of columns(heads, rows)) console.log(line);
}

async function rewind(given: Options): Promise<void> {
  if ((given.partition === undefined) === (given.all !== true))
    throw new CommandFailure('give --partition, or --all', 2);
  const service = given.topic?.replace(/\.commands$/, '') ?? given.service;
  const options = { ...given, service };
  const topic = serviceTopics(service).commands;
  const groupId = given.group ?? service;
  const brokers = brokersOf(options);
  await withAdmin(connectKafka(brokers), brokers, async (admin) => {
    await requireIdle(admin, groupId);
    const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const committed = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    const { clusterId } = await admin.describeCluster();
    const epoch = topicManifest.find(({ name }) => name === topic)?.epoch ?? 1;
    const ends = await admin.fetchTopicOffsets(topic);
    const chosen = ends.filter(({ partition }) => options.all === true || partition === options.partition);
    if (chosen.length === 0) throw new CommandFailure(`${topic} has no partition ${options.partition}`);
    await withPositions(options, async (collection) => {
      const known = new Map((await collection.find().toArray()).map((document) => [document._id, document]));
      const place = { admin, store: new MongoPositionStore(collection), groupId, topic };
      const partitions = chosen
        .toSorted((a, b) => a.partition - b.partition)
        .map(({ partition, low }) => {
          const stream = baseStream(clusterId, topic, epoch, partition);
          const document = known.get(stream) ?? { _id: stream };
          return { partition, document, low: Number(low), committed: committed.get(partition) ?? -1 };
        });
      for (const told of await rewindPartitions(place, partitions)) console.log(told);
    });
  });
}

function withPositions<T>(
  options: Options,
  work: (collection: mongo.Collection<PositionDocument>) => Promise<T>,
): Promise<T> {
  return withDatabase(mongoUriOf(options), options.database ?? options.service, (db) =>
    work(db.collection<PositionDocument>('positions')),
  );
}

const partitionOf = ({ _id }: PositionDocument): number => partitionOfStream(_id)?.partition ?? -1;
const byPartition = (a: PositionDocument, b: PositionDocument): number => partitionOf(a) - partitionOf(b);

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('wanted a whole number from 0 on');
  return value;
}
