import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { reasonIn, run, StackError, withProgress } from './commands.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Broker and database of docker-compose.yml. Data lives in the volumes of the project, ports are fixed. */
export async function startComposeStack({ kafkaPort = 9092, mongoPort = 27_017, say }) {
  const env = composeEnvironment({ kafkaPort, mongoPort });
  await withProgress(say, 'docker compose up: broker and database', () =>
    compose(['up', '--detach', '--wait', 'kafka', 'mongodb'], env),
  );
  return {
    kind: 'docker',
    dataDir: undefined,
    brokers: `127.0.0.1:${kafkaPort}`,
    mongoUri: `mongodb://127.0.0.1:${mongoPort}/?directConnection=true`,
    pids: {},
    stop: () => compose(['stop', 'kafka', 'mongodb'], env),
  };
}

export async function stopComposeStack() {
  await compose(['stop', 'kafka', 'mongodb'], composeEnvironment({}));
}

async function compose(args, env) {
  const { found, code, output } = await run('docker', ['compose', ...args], { cwd: root, env });
  if (!found) throw new StackError('docker was not found');
  if (code !== 0) throw new StackError(`docker compose ${args.join(' ')} failed:\n${reasonIn(output)}`);
}

// The whole file is checked whatever part of it is started, so the services' key must have a value.
function composeEnvironment({ kafkaPort, mongoPort }) {
  return {
    ...process.env,
    WAYBILL_SIGNING_KEY: process.env.WAYBILL_SIGNING_KEY ?? randomBytes(32).toString('base64url'),
    ...(kafkaPort && { KAFKA_PORT: String(kafkaPort) }),
    ...(mongoPort && { MONGODB_PORT: String(mongoPort) }),
  };
}
