// Runs once before the first int/e2e test file, never for unit tests. What workers need goes through process.env.
import { appRoots } from '../build/bundle.mjs';
import { buildStale } from '../build/stale-bundles.mjs';
import { startStack } from '../stack/stack.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

export default async function setup(_global, { displayName }) {
  if (displayName.name === 'e2e') await buildStale([...appRoots(), 'tools/waybill'], say);
  if (globalThis.waybillStack) return; // both projects name this file, Jest calls it once for each
  const stack = await startStack({ throwAway: true, say });
  globalThis.waybillStack = stack;
  process.env.KAFKA_BROKERS = stack.brokers;
  process.env.MONGODB_URI = stack.mongoUri;
  process.env.WAYBILL_STACK_KIND = stack.kind;
  if (stack.dataDir) process.env.WAYBILL_STACK_DIR = stack.dataDir;
}
