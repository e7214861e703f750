import { connect } from 'node:net';
import { createKafka } from '@waybill/messaging';
import { kafkaSecurity } from '@waybill/service/configuration';
import type { Admin, Kafka } from 'kafkajs';
import { fromEnvironment } from '../connection';
import { CommandFailure } from '../failure';

const answerWithinMs = 3000;

/** A Kafka client of this program. It says nothing on its own: what goes wrong is told by the command. */
export function connectKafka(brokers: readonly string[]): Kafka {
  return createKafka({ ...fromEnvironment(kafkaSecurity), clientId: 'waybill-cli', brokers });
}

/** Runs `work` with an admin client, and says it plainly when no broker answers. */
export async function withAdmin<T>(
  kafka: Kafka,
  brokers: readonly string[],
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  await requireListener(brokers);
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

// the client itself would try for half a minute, which is right for a service but not for a person who waits
async function requireListener(brokers: readonly string[]): Promise<void> {
  try {
    await Promise.any(brokers.map((broker) => listens(broker)));
  } catch (error) {
    const [reason] = (error as AggregateError).errors as Error[];
    throw new CommandFailure(`no broker answers at ${brokers.join(', ')}: ${reason?.message ?? ''}`);
  }
}

function listens(broker: string): Promise<void> {
  const colon = broker.lastIndexOf(':');
  const [host, port] = [broker.slice(0, colon), Number(broker.slice(colon + 1))];
  return new Promise((resolve, reject) => {
    if (colon < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) {
      reject(new Error(`"${broker}" is not host:port`));
      return;
    }
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: answerWithinMs }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer in time')));
    socket.once('error', reject);
  });
}
