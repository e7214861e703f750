import { mongo } from 'mongoose';
import { CommandFailure } from '../failure';

const answerWithinMs = 5000;

/** Runs `work` with a database, and says it plainly when no server answers. The URI may hold a password: it is not shown. */
export async function withDatabase<T>(
  uri: string,
  name: string,
  work: (db: mongo.Db) => Promise<T>,
): Promise<T> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: answerWithinMs });
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
