import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownProcess, Stack } from './stack-tools';

export const serviceNames = ['orders', 'shipments', 'claims', 'analytics'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface StartedService {
  readonly name: ServiceName;
  readonly process: KnownProcess;
  readonly port: number;
}

/** What `up` leaves in the data folder, so that other commands find the system and `down` can end it, also after a crash. */
export interface SystemState {
  readonly stack: { readonly kind: Stack['kind']; readonly dataDir: string };
  readonly brokers: string;
  readonly mongoUri: string;
  readonly services: readonly StartedService[];
}

const stateFile = (dataDir: string): string => join(dataDir, 'state.json');

/** Undefined where no system was started, or where the file cannot be read. */
export function readState(dataDir: string): SystemState | undefined {
  try {
    return JSON.parse(readFileSync(stateFile(dataDir), 'utf8')) as SystemState;
  } catch {
    return undefined;
  }
}

export function writeState(dataDir: string, state: SystemState): void {
  mkdirSync(dataDir, { recursive: true });
  // a rename is seen whole or not at all
  const draft = `${stateFile(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, stateFile(dataDir));
}

export function forgetState(dataDir: string): void {
  rmSync(stateFile(dataDir), { force: true });
}

export const logFile = (dataDir: string, service: string): string => join(dataDir, 'logs', `${service}.log`);
