import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from './cache.mjs';
import { stopComposeStack } from './compose-stack.mjs';
import {
  chooseStack,
  endStack,
  ensureInstalled,
  ensureKafkaTools,
  kafkaToolNames,
  kafkaToolsCommand,
  localStatus,
  StackError,
  startPart,
  startStack,
  stopPart,
} from './stack.mjs';
import { parts, readStack } from './stack-files.mjs';

const usage = `Broker and database for Waybill on this machine.

usage: node tools/stack/cli.mjs COMMAND [options]

  install              fetch and prepare Kafka and the database, nothing is started
  up                   start both and leave them running
  down                 stop both; the data stays
  status               what is running; exit code 1 unless both are ready
  start  kafka|mongo   start one of them again, on the same port and data
  stop   kafka|mongo   stop one of them
  kill   kafka|mongo   stop it without warning, as a power cut would
  kafka-tools          fetch the command line tools of Kafka
  kafka-tools TOOL ... run one: ${kafkaToolNames.join(', ')}

  --data-dir DIR       data and logs (default: ${join(cacheFolder(), 'data').replace(homedir(), '~')})
  --kafka-port N       default: a free one; 9092 with Docker
  --mongo-port N       default: a free one; 27017 with Docker
  --help

KAFKA_BROKERS and MONGODB_URI, when both are set, are used and nothing is started. Otherwise Docker is used when an
engine answers, else local servers. WAYBILL_STACK=local|docker decides it by hand, WAYBILL_CACHE moves the cache.`;

const commands = { install, up, down, status, start, stop, kill };

async function main(argv) {
  if (argv[0] === 'kafka-tools') return kafkaTools(argv.slice(1));
  const { values, positionals } = parseArguments(argv);
  const [name, part] = positionals;
  if (values.help || !name) return console.log(usage);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new StackError(`there is no command ${name} (--help lists them)`);
  await command({
    part,
    dataDir: resolve(values['data-dir'] ?? join(cacheFolder(), 'data')),
    kafkaPort: portOf(values, 'kafka-port'),
    mongoPort: portOf(values, 'mongo-port'),
  });
}

async function install() {
  await ensureInstalled(console.log);
  console.log('Kafka and the database are installed');
}

async function up({ dataDir, kafkaPort, mongoPort }) {
  const stack = await startStack({ dataDir, kafkaPort, mongoPort, detached: true });
  console.log(`KAFKA_BROKERS=${stack.brokers}\nMONGODB_URI=${stack.mongoUri}`);
  if (stack.dataDir) console.log(`data and logs: ${stack.dataDir}`);
}

async function down({ dataDir }) {
  if (readStack(dataDir)) await endStack(dataDir);
  else if ((await chooseStack()).kind === 'docker') await stopComposeStack();
  else return console.log(`nothing is running in ${dataDir}`);
  console.log('stopped; the data stays');
}

async function status({ dataDir }) {
  const found = await localStatus(dataDir);
  if (!found) console.log(`nothing is running in ${dataDir}`);
  for (const [part, { pid, port, running, ready }] of Object.entries(found ?? {})) {
    const state = ready ? 'ready' : running ? 'running, not ready' : 'down';
    console.log(`${part}: ${state}, port ${port}${running ? `, process ${pid}` : ''}`);
  }
  process.exitCode = found && parts.every((part) => found[part].ready) ? 0 : 1;
}

async function start({ part, dataDir }) {
  await startPart(dataDir, requirePart(part));
}

async function stop({ part, dataDir }) {
  await stopPart(dataDir, requirePart(part));
}

async function kill({ part, dataDir }) {
  await stopPart(dataDir, requirePart(part), { signal: 'SIGKILL' });
}

async function kafkaTools([tool, ...args]) {
  await ensureKafkaTools(console.error);
  if (!tool) return console.log(`installed; tools: ${kafkaToolNames.join(', ')}`);
  const program = kafkaToolsCommand(tool, args);
  const child = spawn(program.command, program.args, { stdio: 'inherit' });
  // Ctrl-C reaches the tool through the terminal; this process waits for it
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((done) => child.on('close', (code) => done(code ?? 1)));
}

function requirePart(part) {
  if (parts.includes(part)) return part;
  throw new StackError(`which one, ${parts.join(' or ')}?`);
}

function portOf(values, option) {
  if (values[option] === undefined) return undefined;
  const port = Number(values[option]);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StackError(
    `--${option} is ${JSON.stringify(values[option])}, it must be a number from 1 to 65535`,
  );
}

function parseArguments(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string' },
        'kafka-port': { type: 'string' },
        'mongo-port': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new StackError(`${error.message} (--help lists the options)`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  process.exitCode = 1;
}
