import { join } from 'node:path';
import { CommandFailure } from '../failure';
import { applyManifest } from '../topics/topics';
import { startServiceProcess, type ServiceProcess } from './service-process';
import { ensureSigningKey } from './signing-key';
import { loadStackTools, type Stack, type StackTools } from './stack-tools';
import {
  forgetState,
  readState,
  serviceNames,
  type ServiceName,
  type StartedService,
  type SystemState,
  writeState,
} from './system-state';

/** A service finishes its batch within 10 s; a little more, then it is killed. */
const stopPatienceMs = 12_000;

export interface SystemRequest {
  readonly dataDir: string;
  readonly kafkaPort?: number;
  readonly mongoPort?: number;
  /** Port of a service; any free one where it is left out. */
  readonly ports?: Partial<Record<ServiceName, number>>;
  /** Further settings of the services. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stays up when this program ends. */
  readonly detached: boolean;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface WaybillSystem {
  readonly state: SystemState;
  /** Resolves with a sentence when a service ends that nobody has stopped. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

/** Starts broker, database, topics and the four services, and waits until all of them take work. Leaves nothing behind when that fails. */
export async function startSystem(request: SystemRequest): Promise<WaybillSystem> {
  const { dataDir, say, signal } = request;
  const tools = await loadStackTools();
  const stack = await startStack(tools, request);
  const services: StartedService[] = [];
  const stateNow = (): SystemState => ({
    stack: { kind: stack.kind, dataDir: stackDir(dataDir) },
    brokers: stack.brokers,
    mongoUri: stack.mongoUri,
    services,
  });
  const stop = async () => {
    await stopServices(services, tools);
    await stack.stop();
    forgetState(dataDir);
  };
  try {
    writeState(dataDir, stateNow());
    signal.throwIfAborted();
    const { create } = await applyManifest(stack.brokers.split(','));
    if (create.length > 0) say(`${create.length} topics created`);
    say(`starting ${serviceNames.join(', ')} …`);
    const processes = await startServices(request, stack, tools, services, () =>
      writeState(dataDir, stateNow()),
    );
    const broken = Promise.race(processes.map(({ ended }) => ended));
    return { state: stateNow(), broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const stackDir = (dataDir: string): string => join(dataDir, 'stack');

function startStack(
  tools: StackTools,
  { dataDir, kafkaPort, mongoPort, detached, say }: SystemRequest,
): Promise<Stack> {
  return tools.startStack({
    dataDir: stackDir(dataDir),
    ...(kafkaPort === undefined ? {} : { kafkaPort }),
    ...(mongoPort === undefined ? {} : { mongoPort }),
    detached,
    throwAway: !detached,
    say,
  });
}

async function startServices(
  { dataDir, ports, environment = {}, signal }: SystemRequest,
  { brokers, mongoUri }: Stack,
  tools: StackTools,
  started: StartedService[],
  save: () => void,
): Promise<ServiceProcess[]> {
  const common = { dataDir, environment, brokers, mongoUri, signingKeyFile: ensureSigningKey(dataDir) };
  const processes: ServiceProcess[] = [];
  for (const name of serviceNames) {
    signal.throwIfAborted();
    const process = await startServiceProcess({ ...common, name, port: ports?.[name] ?? 0 });
    processes.push(process);
    // known from the first moment on, so that it is stopped whatever happens next
    started.push({ name, process: tools.describeProcess(process.pid), port: 0 });
    save();
  }
  const found = await Promise.all(processes.map((process) => process.ready(signal)));
  started.splice(0, started.length, ...started.map((service, i) => ({ ...service, port: found[i] ?? 0 })));
  save();
  return processes;
}

/**
 * Stops what was started in a data folder, also by a run that has crashed, and a broker and a database whose start was cut
 * off before anything else was noted. False where there was nothing.
 */
export async function stopSystem(dataDir: string, tools: StackTools): Promise<boolean> {
  const state = readState(dataDir);
  const hasStack = tools.readStack(stackDir(dataDir)) !== undefined;
  await stopServices(state?.services ?? [], tools);
  if (hasStack) await tools.endStack(stackDir(dataDir));
  if (state?.stack.kind === 'docker') await tools.stopComposeStack();
  forgetState(dataDir);
  return state !== undefined || hasStack;
}

/** SIGTERM first, SIGKILL for what does not listen. */
async function stopServices(services: readonly StartedService[], tools: StackTools): Promise<void> {
  await Promise.all(services.map(({ process }) => tools.endProcess(process, { patienceMs: stopPatienceMs })));
}

export type Liveness = 'running' | 'broken' | 'stale';

/** Whether the processes of a state file are still those that were started. */
export function livenessOf(state: SystemState, tools: Pick<StackTools, 'isRunning'>): Liveness {
  const running = state.services.filter(({ process }) => tools.isRunning(process)).length;
  if (running === serviceNames.length) return 'running';
  return running === 0 ? 'stale' : 'broken';
}

/** The state of a running system, or a failure that says how to get one. */
export function requireState(dataDir: string): SystemState {
  const state = readState(dataDir);
  if (state) return state;
  throw new CommandFailure(
    `no system was started in ${dataDir}: start one with npm run up, or give --brokers and --mongo`,
  );
}
