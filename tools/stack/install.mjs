import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { dockerEngineAnswers } from './choose-stack.mjs';
import { StackError } from './commands.mjs';
import { withFileLock } from './file-lock.mjs';
import { installKafka, kafkaIsInstalled } from './kafka-install.mjs';
import { installKafkaTools, kafkaToolsAreInstalled } from './kafka-tools.mjs';
import { installMongo, mongoIsInstalled, mongoObstacle } from './mongo-install.mjs';

const otherWays =
  'Other ways to get a stack: start Docker, or set KAFKA_BROKERS and MONGODB_URI to servers that you have.';

/**
 * Installs broker and database into the cache folder; does nothing when they are there.
 *
 * @param {(line: string) => void} say
 */
export async function ensureInstalled(say) {
  if (kafkaIsInstalled() && mongoIsInstalled()) return;
  await underInstallLock(say, async () => {
    const obstacle = mongoIsInstalled() ? undefined : mongoObstacle();
    // the cheap question first: nobody should fetch a broker in vain
    const results = obstacle
      ? [{ status: 'rejected', reason: new StackError(obstacle) }]
      : await Promise.allSettled([
          kafkaIsInstalled() || installKafka(say),
          mongoIsInstalled() || installMongo(say),
        ]);
    const reasons = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
    const unexpected = reasons.find((reason) => !(reason instanceof StackError));
    if (unexpected) throw unexpected;
    if (reasons.length > 0)
      throw new StackError([...reasons.map(({ message }) => message), otherWays].join('\n\n'));
  });
}

/**
 * Installs the command line tools of Kafka, in a folder of their own: another jar would void the broker's class archive.
 * A machine that has Docker instead of Java takes them from the image.
 *
 * @param {(line: string) => void} say
 */
export async function ensureKafkaTools(say) {
  if (kafkaToolsAreInstalled()) return;
  try {
    await underInstallLock(say, async () => kafkaToolsAreInstalled() || installKafkaTools(say));
  } catch (error) {
    if (!(error instanceof StackError) || !(await dockerEngineAnswers())) throw error;
  }
}

function underInstallLock(say, work) {
  const cache = cacheFolder();
  say(`installing into ${cache} (another place: WAYBILL_CACHE)`);
  return withFileLock(join(cache, 'install.lock'), work, {
    onWait: ({ pid }) => say(`waiting for another installation, process ${pid} …`),
  });
}
