import { serviceTopics } from '@waybill/contracts';
import { Command } from 'commander';
import type { Admin } from 'kafkajs';
import { withDatabase } from '../aggregate/database';
import { brokersOf, type ConnectionOptions, mongoUriOf, withConnection } from '../connection';
import { connectKafka, withAdmin } from '../kafka/connect';
import { requireIdle } from '../kafka/idle';

interface Options extends ConnectionOptions {
  readonly database: string;
}

const groupId = 'claims.copies';
const topics = ['orders', 'shipments'].map((service) => serviceTopics(service).events);
const collections = ['known_orders', 'known_shipments'];

export function copiesCommand(): Command {
  const command = new Command('copies').description('what claims know of orders and shipments');
  command.addCommand(
    withConnection(
      new Command('rebuild').description('throw the copies away; claims make them anew from all facts'),
      'mongo',
    )
      .option('--database <name>', 'database of the claims service', 'claims')
      .addHelpText(
        'after',
        '\nStop the claims service first. When it is started again it reads all facts, and takes no command before it has.',
      )
      .action(rebuild),
  );
  return command;
}

async function rebuild(options: Options): Promise<void> {
  const brokers = brokersOf(options);
  await withAdmin(connectKafka(brokers), brokers, async (admin) => {
    await requireIdle(admin, groupId);
    // this first: facts that are read again change no copy, copies without their facts would be missing for good
    for (const topic of topics) await rewind(admin, topic);
  });
  await withDatabase(mongoUriOf(options), options.database, async (db) => {
    for (const name of collections) {
      const { deletedCount } = await db.collection(name).deleteMany({});
      console.log(`${name}: ${deletedCount} copies thrown away`);
    }
  });
  console.log('start the claims service: it makes them anew');
}

async function rewind(admin: Admin, topic: string): Promise<void> {
  const offsets = await admin.fetchTopicOffsets(topic);
  const partitions = offsets.map(({ partition, low }) => ({ partition, offset: low }));
  await admin.setOffsets({ groupId, topic, partitions });
}
