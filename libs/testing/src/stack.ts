import { randomBytes } from 'node:crypto';
import { startContainerStack, startLocalStack, startPart, stopPart } from '@waybill/stack';
import type { Servers } from './service-process';

/** The brokers of the stack that all int and e2e tests of a run share. Topics and groups need a `uniqueName`. */
export function brokers(): string[] {
  return fromSetup('KAFKA_BROKERS').split(',');
}

/** The database server that all int and e2e tests share. Take a database of your own: `dbName: uniqueName('orders')`. */
export function mongoUri(): string {
  return fromSetup('MONGODB_URI');
}

/** A name for a topic, consumer group or database that no other test and no earlier run has used. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
}

/** Whether a stack for one test file alone can be had: not when the servers were given by KAFKA_BROKERS and MONGODB_URI. */
export function canStartPrivateStack(): boolean {
  return fromSetup('WAYBILL_STACK_KIND') !== 'own';
}

/**
 * A broker and a database for one test file alone, which it may kill and freeze: other files run at the same time on
 * the shared stack. Takes one to three seconds. Call `end()` in `afterAll`; what a killed run leaves behind, the next
 * run ends.
 */
export async function startPrivateStack(): Promise<PrivateStack> {
  return fromSetup('WAYBILL_STACK_KIND') === 'docker' ? startContainers() : startLocal();
}

export type StackPart = 'kafka' | 'mongo';

export interface PrivateStack {
  brokers: string[];
  mongoUri: string;
  /** Ends a server at once (SIGKILL), as a power cut would, and waits until it is gone. */
  kill(part: StackPart): Promise<void>;
  /** Ends a server in good order. */
  stop(part: StackPart): Promise<void>;
  /** Starts a server again, on the same port and data; a local one takes work when this returns. */
  start(part: StackPart): Promise<void>;
  /** Freezes a server: connections stay open, nothing is answered. */
  freeze(part: StackPart): Promise<void>;
  thaw(part: StackPart): Promise<void>;
  end(): Promise<void>;
}

/** Whether the stack of this run is a local one; only such a one can be had with users and rights. */
export function canStartSecuredStack(): boolean {
  return fromSetup('WAYBILL_STACK_KIND') === 'local';
}

/** A private stack with a second door, where everybody needs a password and rights. */
export interface SecuredStack {
  /** The open door: whoever comes by it may do all, giving rights included. */
  readonly open: Servers;
  readonly secured: Servers;
  /** What the certificate of the secured door is checked by. */
  readonly caFile: string;
  readonly passwordOf: (user: string) => string;
  end(): Promise<void>;
}

export async function startSecuredStack(users: readonly string[]): Promise<SecuredStack> {
  const kafkaUsers = Object.fromEntries(users.map((user) => [user, randomBytes(12).toString('hex')]));
  const {
    secured,
    brokers: open,
    mongoUri: uri,
    stop,
  } = await startLocalStack({ kafkaUsers, say: () => {} });
  if (!secured) throw new Error('the broker has no second door');
  return {
    open: { brokers: [open], mongoUri: uri },
    secured: { brokers: [secured.brokers], mongoUri: uri },
    caFile: secured.caFile,
    passwordOf: (user) => kafkaUsers[user] ?? '',
    end: stop,
  };
}

async function startLocal(): Promise<PrivateStack> {
  const stack = await startLocalStack({ say: () => {} });
  const pids: Record<StackPart, number> = { ...stack.pids };
  return {
    brokers: stack.brokers.split(','),
    mongoUri: stack.mongoUri,
    kill: (part) => stopPart(stack.dataDir, part, { signal: 'SIGKILL' }),
    stop: (part) => stopPart(stack.dataDir, part),
    start: async (part) => {
      pids[part] = (await startPart(stack.dataDir, part)).pid;
    },
    freeze: async (part) => void process.kill(pids[part], 'SIGSTOP'),
    thaw: async (part) => void process.kill(pids[part], 'SIGCONT'),
    end: stack.stop,
  };
}

async function startContainers(): Promise<PrivateStack> {
  const stack = await startContainerStack();
  return {
    brokers: stack.brokers.split(','),
    mongoUri: stack.mongoUri,
    kill: (part) => stack.docker(part, 'kill'),
    stop: (part) => stack.docker(part, 'stop'),
    start: (part) => stack.docker(part, 'start'),
    freeze: (part) => stack.docker(part, 'pause'),
    thaw: (part) => stack.docker(part, 'unpause'),
    end: stack.stop,
  };
}

// Jest's globalSetup leaves these for its workers: tools/test/stack-setup.mjs
function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: tests that need the stack end in .int.spec.ts or .e2e.spec.ts`);
  return value;
}
