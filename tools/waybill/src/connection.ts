import { join, resolve } from 'node:path';
import { ConfigurationError, type Environment, readConfiguration } from '@waybill/service/configuration';
import type { Command } from 'commander';
import { CommandFailure } from './failure';
import { projectRoot } from './system/project-root';
import { readState } from './system/system-state';

export interface ConnectionOptions {
  readonly brokers?: string;
  readonly mongo?: string;
  readonly ordersUrl?: string;
  readonly shipmentsUrl?: string;
  readonly analyticsUrl?: string;
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
export function withConnection(command: Command, ...needs: ('mongo' | 'services')[]): Command {
  command.option(
    '--brokers <list>',
    'host:port of the brokers (default: KAFKA_BROKERS, else what up has started); KAFKA_TLS and KAFKA_SASL_MECHANISM as for a service',
  );
  if (needs.includes('mongo')) {
    command.option(
      '--mongo <uri>',
      'MongoDB server (default: MONGODB_URI, else what up has started); MONGODB_TLS and MONGODB_USERNAME as for a service',
    );
  }
  if (needs.includes('services')) for (const { service } of doors) withDoor(command, service);
  return withDataDir(command);
}

/** The option that says where the HTTP door of a service is. */
export function withDoor(command: Command, service: DoorName): Command {
  const { option, variable } = doorOf(service);
  return command.option(
    `${option} <url>`,
    `${service} service (default: ${variable}, else what up has started)`,
  );
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

/** How servers are reached that want TLS or a password, by the variables that the services read. */
export function fromEnvironment<T>(read: (from: Environment) => T, env = process.env): T {
  try {
    return readConfiguration(env, read);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new CommandFailure(error.problems.join('\n'), 2);
    throw error;
  }
}

/** HTTP doors of services that can be given. */
const doors = [
  { service: 'orders', member: 'ordersUrl', option: '--orders-url', variable: 'WAYBILL_ORDERS_URL' },
  {
    service: 'shipments',
    member: 'shipmentsUrl',
    option: '--shipments-url',
    variable: 'WAYBILL_SHIPMENTS_URL',
  },
  {
    service: 'analytics',
    member: 'analyticsUrl',
    option: '--analytics-url',
    variable: 'WAYBILL_ANALYTICS_URL',
  },
] as const;

export type DoorName = (typeof doors)[number]['service'];
/** Where the HTTP doors are. */
export type ServiceUrls = Readonly<Record<(typeof doors)[number]['member'], string>>;

/** Where a door is: given by option, by environment, or of the system that runs in the data folder. */
export function serviceUrlOf(service: DoorName, options: ConnectionOptions, env = process.env): string {
  const { member, option, variable } = doorOf(service);
  const port = readState(options.dataDir)?.services.find(({ name }) => name === service)?.port;
  const given = options[member] ?? env[variable] ?? (port ? `http://127.0.0.1:${port}` : undefined);
  return found(given, option, variable).replace(/\/$/, '');
}

export const serviceUrlsOf = (options: ConnectionOptions, env = process.env): ServiceUrls => ({
  ordersUrl: serviceUrlOf('orders', options, env),
  shipmentsUrl: serviceUrlOf('shipments', options, env),
  analyticsUrl: serviceUrlOf('analytics', options, env),
});

/** Whether somebody said where a running system is, rather than leaving it to the data folder. */
export const isSystemGiven = (options: ConnectionOptions, env = process.env): boolean =>
  doors.some(({ member, variable }) => (options[member] ?? env[variable]) !== undefined);

function doorOf(service: DoorName): (typeof doors)[number] {
  const door = doors.find((one) => one.service === service);
  if (!door) throw new Error(`${service} has no door`);
  return door;
}

function found(value: string | undefined, option: string, variable: string): string {
  if (value) return value;
  throw new CommandFailure(
    `no system is known: start one with npm run up, or give ${option} (or set ${variable})`,
    2,
  );
}
