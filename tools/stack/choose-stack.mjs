import { run, StackError } from './commands.mjs';
import { kafkaVersion } from './kafka-broker.mjs';
import { secantusVersion } from './mongo-server.mjs';

/**
 * Which broker and database are used: the user's own, else Docker when an engine answers, else the local ones.
 * `WAYBILL_STACK=local` or `=docker` decides it by hand.
 *
 * @param {Record<string, string | undefined>} [env]
 * @param {() => Promise<boolean>} [dockerAnswers]
 * @returns {Promise<{ kind: 'own' | 'docker' | 'local', because: string }>}
 */
export async function chooseStack(env = process.env, dockerAnswers = dockerEngineAnswers) {
  const { KAFKA_BROKERS: brokers, MONGODB_URI: mongoUri, WAYBILL_STACK: wish } = env;
  if (brokers && mongoUri) return { kind: 'own', because: 'KAFKA_BROKERS and MONGODB_URI are set' };
  if (brokers || mongoUri) {
    const [set, unset] = brokers ? ['KAFKA_BROKERS', 'MONGODB_URI'] : ['MONGODB_URI', 'KAFKA_BROKERS'];
    throw new StackError(`${set} is set and ${unset} is not: set both to use your own servers, or neither`);
  }
  if (wish === 'local' || wish === 'docker') return { kind: wish, because: `WAYBILL_STACK is ${wish}` };
  if (wish) throw new StackError(`WAYBILL_STACK is ${JSON.stringify(wish)}, it can be local or docker`);
  if (await dockerAnswers()) return { kind: 'docker', because: 'a Docker engine answers' };
  return { kind: 'local', because: 'KAFKA_BROKERS and MONGODB_URI are not set and no Docker engine answers' };
}

export async function dockerEngineAnswers() {
  const { code } = await run('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 });
  return code === 0;
}

/** One line for the user: which broker and database are used, and why. */
export function describeChoice({ kind, because }) {
  const what = {
    own: 'the broker and database that you gave',
    docker: 'broker and database in Docker',
    local: `local Kafka ${kafkaVersion} and SecantusDB ${secantusVersion}`,
  }[kind];
  return `stack: ${what} (${because})`;
}
