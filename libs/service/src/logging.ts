import { Injectable } from '@nestjs/common';
import { Logger as PinoNestLogger, type Params } from 'nestjs-pino';
import { type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';
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
  serializers: { err: stdSerializers.err, error: stdSerializers.err },
  redact: [...secretMembers, ...personalMembers].flatMap((member) => [
    member,
    `*.${member}`,
    `*.*.${member}`,
  ]),
});

export const createLog = (config: Pick<ServiceConfig, 'name' | 'logLevel'>): Logger =>
  pino(logOptions(config));

/** Requests are logged by a hook of ours (the route's pattern, never the address that was asked for), so pino-http only carries the logger. */
export const nestLogParams = (config: ServiceConfig): Params => ({
  forRoutes: ['*path'],
  pinoHttp: {
    ...logOptions(config),
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
