import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonIn, run, StackError, withProgress } from './commands.mjs';
import { fetchJars, requireJava } from './java.mjs';
import {
  brokerCommand,
  javaProgram,
  kafkaFolders,
  kafkaVersion,
  layOutBroker,
  settingsFile,
  writeBrokerSettings,
} from './kafka-broker.mjs';
import { freePort } from './ports.mjs';
import { kafkaAnswers, untilReady } from './probes.mjs';
import { describeProcess, endProcess } from './processes.mjs';

const title = `Kafka ${kafkaVersion}`;

export function kafkaIsInstalled() {
  return existsSync(kafkaFolders().complete);
}

/** Must run under the install lock. Works in place, because the class data archive is bound to the paths of the jars. */
export async function installKafka(say) {
  const { root, libs, training, complete } = kafkaFolders();
  await requireJava();
  rmSync(root, { recursive: true, force: true });
  await fetchJars('kafka', libs, { title, say });
  mkdirSync(training, { recursive: true });
  await withProgress(say, `${title}: preparing data folder and class archive`, async () => {
    await formatTemplate();
    await trainClassArchive(say);
  });
  rmSync(training, { recursive: true, force: true });
  writeFileSync(complete, '');
  say(`${title}: installed`);
}

// Formatting takes a Java run of its own. Its two small files are kept and copied into each new data folder.
async function formatTemplate() {
  const { template, training } = kafkaFolders();
  writeBrokerSettings(training, { port: await freePort(), controllerPort: await freePort() });
  const clusterId = randomBytes(16).toString('base64url');
  const storageTool = javaProgram([], 'kafka.tools.StorageTool', [
    'format',
    // in one word: the id may begin with a hyphen, as one in 64 does
    `--cluster-id=${clusterId}`,
    '-c',
    settingsFile(training),
  ]);
  const { code, output } = await run(storageTool.command, storageTool.args);
  if (code !== 0)
    throw new StackError(`${title}: the data folder could not be formatted:\n${reasonIn(output)}`);
  cpSync(join(training, 'kafka'), template, { recursive: true });
}

// One run of the broker writes down which classes it loads, which halves every later start. It works without, too.
async function trainClassArchive(say) {
  const { training, classArchive } = kafkaFolders();
  const ports = { port: await freePort(), controllerPort: await freePort() };
  layOutBroker(training, ports);
  const broker = brokerCommand(training);
  const logFile = join(training, 'kafka.log');
  const log = openSync(logFile, 'a');
  const child = spawn(broker.command, [`-XX:ArchiveClassesAtExit=${classArchive}`, ...broker.args], {
    stdio: ['ignore', log, log],
  });
  const trained = describeProcess(child.pid);
  try {
    await untilReady(kafkaAnswers, { name: 'Kafka', process: trained, port: ports.port, logFile });
  } finally {
    await endProcess(trained, { patienceMs: 60_000 });
  }
  if (!existsSync(classArchive) || statSync(classArchive).size === 0) {
    rmSync(classArchive, { force: true });
    say(`${title}: this Java writes no class archive, starts will take a little longer`);
  }
}
