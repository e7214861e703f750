import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { partFolder, pinsFolder } from './cache.mjs';
import { StackError } from './commands.mjs';
import { classPathOf, fetchJars, javaCommand, requireJava } from './java.mjs';
import { kafkaVersion } from './kafka-broker.mjs';

const title = `Kafka command line tools ${kafkaVersion}`;

const mainClasses = new Map([
  ['console-producer', 'org.apache.kafka.tools.ConsoleProducer'],
  ['console-consumer', 'org.apache.kafka.tools.consumer.ConsoleConsumer'],
  ['topics', 'org.apache.kafka.tools.TopicCommand'],
  ['consumer-groups', 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand'],
  ['get-offsets', 'org.apache.kafka.tools.GetOffsetShell'],
]);

export const kafkaToolNames = [...mainClasses.keys()];

export function kafkaToolsAreInstalled() {
  return existsSync(folders().complete);
}

/** Must run under the install lock. */
export async function installKafkaTools(say) {
  const { root, libs, complete } = folders();
  await requireJava();
  rmSync(root, { recursive: true, force: true });
  await fetchJars('kafka-tools', libs, { title, say });
  writeFileSync(complete, '');
  say(`${title}: installed`);
}

/**
 * The command line that runs one of the tools of the Kafka distribution, for instance
 * `kafkaToolsCommand('console-producer', ['--bootstrap-server', brokers, '--topic', topic])`.
 * Call `ensureKafkaTools` first. Without Java it is the tool in the Docker image, which reaches the host's ports on Linux.
 *
 * @param {string} tool one of `kafkaToolNames`
 * @param {string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export function kafkaToolsCommand(tool, args) {
  const mainClass = mainClasses.get(tool);
  if (!mainClass) throw new StackError(`there is no tool ${tool}, there are ${kafkaToolNames.join(', ')}`);
  if (!kafkaToolsAreInstalled()) return inContainer(tool, args);
  const jvm = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
  const logging = [
    '-Dlog4j2.disableJmx=true',
    `-Dlog4j2.configurationFile=file:${join(pinsFolder, 'log4j2.properties')}`,
  ];
  return {
    command: javaCommand(),
    args: [...jvm, ...logging, '-cp', classPathOf(folders().libs), mainClass, ...args],
  };
}

function inContainer(tool, args) {
  const script = `/opt/kafka/bin/kafka-${tool}.sh`;
  const container = ['run', '--rm', '--interactive', '--network', 'host', `apache/kafka:${kafkaVersion}`];
  return { command: 'docker', args: [...container, script, ...args] };
}

function folders() {
  const root = partFolder('kafka-tools', kafkaVersion);
  return { root, libs: join(root, 'libs'), complete: join(root, 'complete') };
}
