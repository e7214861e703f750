import { mongoSecurity, mongoUri } from '@waybill/service/configuration';
import { mongo } from 'mongoose';
import { fromEnvironment } from '../connection';
import { CommandFailure } from '../failure';

const answerWithinMs = 5000;

/** Runs `work` with a database, and says it plainly when no server answers. The URI may hold a password: it is not shown. */
export async function withDatabase<T>(
  uri: string,
  name: string,
  work: (db: mongo.Db) => Promise<T>,
): Promise<T> {
  if (mongoUri(uri) === undefined)
    throw new CommandFailure('what is given as the URI of MongoDB is none, it starts with mongodb://', 2);
  const security = fromEnvironment(mongoSecurity);
  const client = new mongo.MongoClient(uri, { ...security, serverSelectionTimeoutMS: answerWithinMs });
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    throw new CommandFailure(`MongoDB does not answer: ${(error as Error).message}`);
  }
  try {
    return await work(client.db(name));
  } finally {
    await client.close();
  }
}
