import { Command, InvalidArgumentError } from 'commander';
import { withDataDir } from '../connection';
import { interruptible } from '../screen/interruption';
import { say } from '../screen/say';
import { loadStackTools, type StackTools } from './stack-tools';
import { readState, serviceNames, type ServiceName } from './system-state';
import { systemAddresses } from './system-screen';
import { livenessOf, startSystem, stopSystem } from './waybill-system';

interface UpOptions extends Partial<Record<ServiceName, number>> {
  readonly dataDir: string;
  readonly kafkaPort?: number;
  readonly mongoPort?: number;
}

/** Used when they are free and none are given: what a person would guess. */
const usualPorts = {
  kafka: 9092,
  mongo: 27_017,
  orders: 3001,
  shipments: 3002,
  claims: 3003,
  analytics: 3004,
};

export function upCommand(): Command {
  const command = withDataDir(
    new Command('up').description(
      'start broker, database, topics and the four services, and leave them running',
    ),
  )
    .option('--kafka-port <n>', `port of the broker (default: ${usualPorts.kafka} if free)`, port)
    .option('--mongo-port <n>', `port of the database (default: ${usualPorts.mongo} if free)`, port);
  for (const name of serviceNames) {
    command.option(`--${name} <port>`, `port of ${name} (default: ${usualPorts[name]} if free)`, port);
  }
  return command.action(up);
}

export function downCommand(): Command {
  return withDataDir(
    new Command('down').description('stop what up has started, also after a crash; the data stays'),
  ).action(async ({ dataDir }: { dataDir: string }) => {
    const wasThere = await stopSystem(dataDir, await loadStackTools());
    console.log(wasThere ? 'stopped; the data stays' : `nothing was running in ${dataDir}`);
  });
}

async function up(options: UpOptions): Promise<void> {
  const { dataDir } = options;
  const tools = await loadStackTools();
  const state = readState(dataDir);
  const liveness = state && livenessOf(state, tools);
  if (liveness === 'running') say('it is running already');
  else {
    if (liveness) say('stopping what an earlier run has left …');
    await stopSystem(dataDir, tools);
    await interruptible(async (signal) =>
      startSystem({ ...(await portsFor(options, tools)), dataDir, detached: true, say, signal }),
    );
  }
  for (const line of systemAddresses(dataDir)) console.log(line);
}

async function portsFor(options: UpOptions, tools: StackTools) {
  const choose = async (given: number | undefined, usual: number) =>
    given ?? ((await tools.isFree(usual)) ? usual : undefined);
  const [kafkaPort, mongoPort, ...services] = await Promise.all([
    choose(options.kafkaPort, usualPorts.kafka),
    choose(options.mongoPort, usualPorts.mongo),
    ...serviceNames.map((name) => choose(options[name], usualPorts[name])),
  ]);
  return {
    ...(kafkaPort === undefined ? {} : { kafkaPort }),
    ...(mongoPort === undefined ? {} : { mongoPort }),
    ports: Object.fromEntries(serviceNames.map((name, i) => [name, services[i] ?? 0])),
  };
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new InvalidArgumentError('wanted a port from 1 to 65535');
  }
  return value;
}
