import { createKafka } from '@waybill/messaging';
import type { Admin, Kafka } from 'kafkajs';
import { CommandFailure } from '../failure';

/** A Kafka client of this program. It says nothing on its own: what goes wrong is told by the command. */
export function connectKafka(brokers: readonly string[]): Kafka {
  return createKafka({ clientId: 'waybill-cli', brokers });
}

/** Runs `work` with an admin client, and says it plainly when no broker answers. */
export async function withAdmin<T>(
  kafka: Kafka,
  brokers: readonly string[],
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = kafka.admin({ retry: { retries: 2 } });
  try {
    await admin.connect();
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw new CommandFailure(`no broker answers at ${brokers.join(', ')}: ${(error as Error).message}`);
  }
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
