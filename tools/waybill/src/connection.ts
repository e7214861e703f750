import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandFailure } from './failure';
import { projectRoot } from './system/project-root';
import { readState } from './system/system-state';

export interface ConnectionOptions {
  readonly brokers?: string;
  readonly mongo?: string;
  readonly ordersUrl?: string;
  readonly dataDir: string;
}

export const defaultDataDir = (): string => join(projectRoot(), '.waybill');

/** The option that names the data folder of a system. */
export function withDataDir(command: Command): Command {
  return command.option('--data-dir <dir>', 'data folder of the system', folder, defaultDataDir());
}

/** A folder as a person names it: relative to where they are, which npm changes before it runs us. */
export function folder(text: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', text);
}

/** The options that say where the system is. */
export function withConnection(command: Command, ...needs: ('mongo' | 'orders')[]): Command {
  command.option(
    '--brokers <list>',
    'host:port of the brokers (default: KAFKA_BROKERS, else what up has started)',
  );
  if (needs.includes('mongo')) {
    command.option('--mongo <uri>', 'MongoDB server (default: MONGODB_URI, else what up has started)');
  }
  if (needs.includes('orders')) {
    command.option(
      '--orders-url <url>',
      'orders service (default: WAYBILL_ORDERS_URL, else what up has started)',
    );
  }
  return withDataDir(command);
}

/** Brokers as `host:port` texts: given by option, by environment, or by the system that runs in the data folder. */
export function brokersOf(options: ConnectionOptions, env = process.env): string[] {
  const given = options.brokers ?? env['KAFKA_BROKERS'] ?? readState(options.dataDir)?.brokers;
  return found(given, '--brokers', 'KAFKA_BROKERS')
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
}

export function mongoUriOf(options: ConnectionOptions, env = process.env): string {
  const given = options.mongo ?? env['MONGODB_URI'] ?? readState(options.dataDir)?.mongoUri;
  return found(given, '--mongo', 'MONGODB_URI');
}

export function ordersUrlOf(options: ConnectionOptions, env = process.env): string {
  const port = readState(options.dataDir)?.services.find(({ name }) => name === 'orders')?.port;
  const given =
    options.ordersUrl ?? env['WAYBILL_ORDERS_URL'] ?? (port ? `http://127.0.0.1:${port}` : undefined);
  return found(given, '--orders-url', 'WAYBILL_ORDERS_URL').replace(/\/$/, '');
}

function found(value: string | undefined, option: string, variable: string): string {
  if (value) return value;
  throw new CommandFailure(
    `no system is known: start one with npm run up, or give ${option} (or set ${variable})`,
    2,
  );
}
