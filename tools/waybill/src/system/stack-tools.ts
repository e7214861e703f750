import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root';

/** A process and its start time, so that a later one with the same id is not taken for it. */
export interface KnownProcess {
  readonly pid: number;
  readonly started?: string;
}

export interface Stack {
  readonly kind: 'own' | 'docker' | 'local';
  readonly brokers: string;
  readonly mongoUri: string;
  readonly dataDir?: string;
  stop(): Promise<void>;
}

export interface StackRequest {
  readonly dataDir: string;
  readonly kafkaPort?: number;
  readonly mongoPort?: number;
  readonly detached: boolean;
  /** With Docker: containers of its own instead of those of docker-compose.yml. */
  readonly throwAway: boolean;
  readonly say: (line: string) => void;
}

/** What this program uses of `tools/stack`: plain scripts that must work before anything is built. */
export interface StackTools {
  startStack(request: StackRequest): Promise<Stack>;
  /** What is known of a local stack in this folder. */
  readStack(dataDir: string): object | undefined;
  endStack(dataDir: string): Promise<void>;
  stopComposeStack(): Promise<void>;
  isFree(port: number): Promise<boolean>;
  describeProcess(pid: number): KnownProcess;
  isRunning(known: KnownProcess): boolean;
  endProcess(known: KnownProcess, options?: { signal?: NodeJS.Signals; patienceMs?: number }): Promise<void>;
}

export async function loadStackTools(): Promise<StackTools> {
  const files = ['stack', 'compose-stack', 'ports', 'processes'];
  const folder = join(projectRoot(), 'tools/stack');
  const modules = await Promise.all(
    // an address that is put together here keeps the bundler from taking the scripts in
    files.map((file) => import(pathToFileURL(join(folder, `${file}.mjs`)).href) as Promise<object>),
  );
  return Object.assign({}, ...modules) as StackTools;
}
