import { join } from 'node:path';
import { Child } from './child';
import type { Stage } from './stage';

export const services = ['orders', 'shipments', 'claims', 'analytics'] as const;
export type ServiceName = (typeof services)[number];

const asInTheImage = ['--enable-source-maps', '--max-semi-space-size=32'];

/** Starts a service as it is delivered and waits until it takes work. `env` adds to and replaces what it is given. */
export async function startDelivered(
  service: ServiceName,
  stage: Stage,
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const program = join(process.cwd(), `dist/apps/${service}/main.js`);
  const child = new Child(program, [], { ...environment(stage), ...env }, asInTheImage);
  await child.until(({ msg }) => msg === 'ready', 'it was ready');
  return child;
}

export const environment = ({ brokers, mongoUri }: Stage): Readonly<Record<string, string>> => ({
  KAFKA_BROKERS: brokers,
  MONGODB_URI: mongoUri,
  WAYBILL_SIGNING_KEY: 'a-signing-key-for-the-bench-that-is-long-enough',
  NODE_ENV: 'production',
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
});

/** How many messages of a topic a group has committed: those that are written and published. */
export async function committed({ admin }: Stage, groupId: string, topic: string): Promise<number> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return (found?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
}
