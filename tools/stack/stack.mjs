import { chooseStack, describeChoice } from './choose-stack.mjs';
import { startComposeStack } from './compose-stack.mjs';
import { startLocalStack } from './local-stack.mjs';

export { chooseStack, describeChoice } from './choose-stack.mjs';
export { selfSigned } from './certificate.mjs';
export { StackError } from './commands.mjs';
export { stopComposeStack } from './compose-stack.mjs';
export { ensureInstalled, ensureKafkaTools } from './install.mjs';
export { kafkaToolNames, kafkaToolsCommand } from './kafka-tools.mjs';
export { describeLocalStack, localStatus, startLocalStack, startPart, stopPart } from './local-stack.mjs';
export { mongoCommand } from './mongo-server.mjs';
export { freePort, isFree } from './ports.mjs';
export { describeProcess, endProcess, isRunning } from './processes.mjs';
export { endStack, endStaleStacks, readStack } from './stack-files.mjs';

/**
 * @typedef {object} StackOptions
 * @property {string} [dataDir] data and logs; a temporary folder, removed by stop(), when it is left out
 * @property {number} [kafkaPort] a free one when it is left out
 * @property {number} [mongoPort] a free one when it is left out
 * @property {number} [kafkaProxyPort] local stack: on a second port the broker sends its clients to this one, where a proxy stands
 * @property {Readonly<Record<string, string>>} [kafkaUsers] local stack: passwords of users who come by a second port, with TLS, and may do there what rules allow
 * @property {boolean} [detached] stays up when this process ends; otherwise the next run ends what this one left
 * @property {boolean} [throwAway] with Docker: containers of their own, for tests, instead of those of docker-compose.yml
 * @property {(line: string) => void} [say] gets the progress lines; the first one says which stack is used
 *
 * @typedef {object} Stack
 * @property {'own' | 'docker' | 'local'} kind
 * @property {string} brokers `host:port`, several separated by commas
 * @property {string} mongoUri
 * @property {string | undefined} dataDir of a local stack
 * @property {{ kafka?: number, mongo?: number }} pids of a local stack
 * @property {() => Promise<void>} stop
 *
 * @typedef {Stack & { dataDir: string, pids: { kafka: number, mongo: number }, ports: { kafka: number, mongo: number, proxied?: { port: number } }, secured?: { brokers: string, caFile: string } }} LocalStack
 */

/**
 * Broker and database, ready to take work: those of KAFKA_BROKERS and MONGODB_URI when both are set, else those of
 * docker-compose.yml when a Docker engine answers, else local ones, which are installed first if need be.
 * Throws a StackError that says what is missing and what to do.
 *
 * @param {StackOptions} [options]
 * @returns {Promise<Stack>}
 */
export async function startStack({ say = console.log, throwAway = false, ...options } = {}) {
  const choice = await chooseStack();
  say(describeChoice(choice));
  if (choice.kind === 'own') return ownStack();
  if (choice.kind === 'local') return startLocalStack({ ...options, say });
  return throwAway ? startContainerStack() : startComposeStack({ ...options, say });
}

/**
 * Broker and database in containers that only tests know.
 *
 * @returns {Promise<Stack & { docker: (part: 'kafka' | 'mongo', command: string) => Promise<void> }>}
 */
export async function startContainerStack() {
  // takes seconds to load, and its packages are the only ones that anything here needs
  const containers = await import('./container-stack.mjs');
  return containers.startContainerStack();
}

/** @returns {Stack} */
export function ownStack(env = process.env) {
  return {
    kind: 'own',
    brokers: env.KAFKA_BROKERS,
    mongoUri: env.MONGODB_URI,
    dataDir: undefined,
    pids: {},
    stop: async () => {},
  };
}
