import { normaliseUuid, serviceTopics } from '@waybill/contracts';
import { Command } from 'commander';
import type { Admin } from 'kafkajs';
import type { mongo } from 'mongoose';
import { withDatabase } from '../aggregate/database';
import { brokersOf, type ConnectionOptions, mongoUriOf, withConnection } from '../connection';
import { CommandFailure } from '../failure';
import { connectKafka, withAdmin } from '../kafka/connect';
import { requireIdle } from '../kafka/idle';

interface Options extends ConnectionOptions {
  readonly database: string;
}

const groupId = 'claims.copies';
const topics = ['orders', 'shipments'].map((service) => serviceTopics(service).events);
const collections = ['known_orders', 'known_shipments'];
/** Where the service has noted that it does not get on. It finds out anew. */
const holds = 'copies_held';

export function copiesCommand(): Command {
  const command = new Command('copies').description('what claims know of orders and shipments');
  command.addCommand(
    ofClaims('rebuild', 'throw the copies away; claims make them anew from all facts')
      .addHelpText(
        'after',
        '\nStop the claims service first. When it is started again it reads all facts, and takes no command before it has.',
      )
      .action(rebuild),
  );
  command.addCommand(
    ofClaims('forget', 'throw one copy away, so that a gap in the facts of its order or parcel can be passed')
      .argument('<id>', 'the order id or the shipment id')
      .addHelpText(
        'after',
        '\nStop the claims service first. When it is started again it takes the next fact of it, whatever its number.',
      )
      .action(forget),
  );
  return command;
}

const ofClaims = (name: string, description: string): Command =>
  withConnection(new Command(name).description(description), 'mongo').option(
    '--database <name>',
    'database of the claims service',
    'claims',
  );

async function rebuild(options: Options): Promise<void> {
  await whileStopped(options, async (admin) => {
    // this first: facts that are read again change no copy, copies without their facts would be missing for good
    for (const topic of topics) await rewind(admin, topic);
  });
  await inDatabase(options, async (db) => {
    for (const name of collections) {
      const { deletedCount } = await db.collection(name).deleteMany({});
      console.log(`${name}: ${deletedCount} copies thrown away`);
    }
  });
  console.log('start the claims service: it makes them anew');
}

async function forget(named: string, options: Options): Promise<void> {
  const id = normaliseUuid(named);
  if (id === undefined) throw new CommandFailure(`"${named}" is no order id and no shipment id`, 2);
  await whileStopped(options, async () => {});
  await inDatabase(options, async (db) => {
    let forgotten = 0;
    for (const name of collections) {
      const { deletedCount } = await db.collection<{ _id: string }>(name).deleteOne({ _id: id });
      if (deletedCount > 0) console.log(`${name}: ${id} thrown away`);
      forgotten += deletedCount;
    }
    if (forgotten === 0) throw new CommandFailure(`claims know neither an order nor a parcel ${id}`);
  });
  console.log('start the claims service: it goes on with the next fact of it');
}

async function whileStopped(options: Options, run: (admin: Admin) => Promise<void>): Promise<void> {
  const brokers = brokersOf(options);
  await withAdmin(connectKafka(brokers), brokers, async (admin) => {
    await requireIdle(admin, groupId);
    await run(admin);
  });
}

async function inDatabase(options: Options, run: (db: mongo.Db) => Promise<void>): Promise<void> {
  await withDatabase(mongoUriOf(options), options.database, async (db) => {
    // first: a hold that outlives the copies it was made by would let commands in too early
    await db.collection(holds).deleteMany({});
    await run(db);
  });
}

async function rewind(admin: Admin, topic: string): Promise<void> {
  const offsets = await admin.fetchTopicOffsets(topic);
  const partitions = offsets.map(({ partition, low }) => ({ partition, offset: low }));
  await admin.setOffsets({ groupId, topic, partitions });
}
