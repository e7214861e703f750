import { Injectable } from '@nestjs/common';
import { Logger as PinoNestLogger, type Params } from 'nestjs-pino';
import { type Logger, type LoggerOptions, pino } from 'pino';
import type { ServiceConfig } from './service-config';

// what could name a person or open a door, at the places where an object is usually logged
const secretMembers = ['password', 'authorization', 'cookie', 'uri', 'signingKey', 'secret', 'api_key'];
const personalMembers = [
  'email_id',
  'address',
  'zip_code',
  'phone',
  'user_agent',
  'customer_signature_image_url',
];

/** JSON lines on standard output; the time as text, the level as a word. */
export const logOptions = ({ name, logLevel }: Pick<ServiceConfig, 'name' | 'logLevel'>): LoggerOptions => ({
  level: logLevel,
  base: { service: name, pid: process.pid },
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (level) => ({ level }) },
  serializers: { err: toldError, error: toldError },
  redact: [...secretMembers, ...personalMembers].flatMap((member) => [
    member,
    `*.${member}`,
    `*.*.${member}`,
  ]),
});

interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: string | number;
  readonly cause?: unknown;
}

const mostCauses = 5;

/** Of an error what every error has. Other members may be what it is about: a database driver hangs whole documents on it. */
function toldError(error: unknown, causes = 0): ToldError | string {
  if (!(error instanceof Error)) return `${typeof error}, not an error`;
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    type: name,
    message,
    stack,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause === undefined || causes === mostCauses ? {} : { cause: toldError(cause, causes + 1) }),
  };
}

export const createLog = (config: Pick<ServiceConfig, 'name' | 'logLevel'>): Logger =>
  pino(logOptions(config));

/** Requests are logged by a hook of ours (the route's pattern, never the address that was asked for), so pino-http only carries the logger. */
export const nestLogParams = (config: ServiceConfig): Params => ({
  forRoutes: ['*path'],
  pinoHttp: {
    ...logOptions(config),
    // with every request it makes a logger that says all of it; ours says nothing, and looking for secrets there took a third of a read
    serializers: { ...logOptions(config).serializers, req: () => undefined },
    // it would give our own serializer an error that is serialized already
    wrapSerializers: false,
    autoLogging: false,
    // lines of a request share its id and say nothing else of it
    quietReqLogger: true,
  },
});

const bootChatter = new Set([
  'InstanceLoader',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's logger; what Nest tells of its own start is for debugging. */
@Injectable()
export class ServiceLog extends PinoNestLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (bootChatter.has(String(rest.at(-1)))) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
