import { setTimeout as delay } from 'node:timers/promises';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { isAway } from './away';
import { ConfigurationError, type Environment, readConfiguration } from './configuration/configuration';
import { createService } from './create-service';
import { Health } from './health';
import { Lifecycle } from './lifecycle';
import { createLog } from './logging';
import type { ApiDescription } from './open-api';
import type { ServiceConfig } from './service-config';

/** A little less than the 10 s that orchestrators give. */
export const usualStopMs = 9500;

export interface ServiceDefinition<C extends ServiceConfig> {
  readonly name: string;
  readonly api: ApiDescription;
  configure(from: Environment): C;
  module(config: C): DynamicModule;
  /**
   * The transports to consume with, one per consumer group. Called once all health sources are well, so this is also
   * the place for what must be true before the first record is taken (indexes, preflight).
   */
  consumers?(app: INestApplicationContext): Promise<readonly CustomTransportStrategy[]>;
  /** How long running batches may take to finish once the process was told to stop [{@link usualStopMs}]. */
  readonly stopWithinMs?: number;
}

/**
 * Runs a service for the life of the process: HTTP first, so that its probes answer while it waits for what it needs,
 * then the consumers. Logs `ready` with its port once it takes work. Ends with code 0 after SIGTERM or SIGINT, with 1
 * and a reason in the log when it cannot start or cannot go on.
 */
export async function startService<C extends ServiceConfig>(service: ServiceDefinition<C>): Promise<void> {
  let log = createLog({ name: service.name, logLevel: 'info' });
  const die = (message: string) => (error: unknown) => {
    log.fatal(faultOf(error), message);
    process.exit(1);
  };
  process.on('uncaughtException', die('an error was not handled'));
  process.on('unhandledRejection', die('a promise was rejected and not handled'));
  try {
    const config = readConfiguration(process.env, (from) => service.configure(from));
    log = createLog(config);
    const app = await createService(service.module(config), service.api);
    const stopping = new AbortController();
    const started = start(app, service, config, log, stopping.signal);
    const stop = async (code: number) => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      app.get(Lifecycle).enter('stopping');
      process.exit((await closed(app, started, log, service.stopWithinMs ?? usualStopMs)) ? code : 1);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        log.info({ signal }, 'stopping');
        void stop(0);
      });
    }
    app.get(Lifecycle).whenBroken((error) => {
      log.fatal({ err: error }, 'the service cannot go on');
      void stop(1);
    });
    await started;
  } catch (error) {
    die('the service cannot start')(error);
  }
}

async function start<C extends ServiceConfig>(
  app: NestFastifyApplication,
  service: ServiceDefinition<C>,
  { http }: C,
  log: Logger,
  stopping: AbortSignal,
): Promise<void> {
  await app.listen(http.port, http.host);
  const { port } = app.getHttpServer().address() as { port: number };
  const waitingFor = (needs: string, fault: string | null) => log.warn({ needs, fault, port }, 'waiting');
  const strategies = await whenNothingIsAway(app, service, waitingFor, stopping);
  if (stopping.aborted) return;
  for (const strategy of strategies) app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
  if (stopping.aborted) return;
  app.get(Lifecycle).enter('working');
  // whoever started the process learns the port from this line, so no log level may swallow it
  log.child({}, { level: 'info' }).info({ port }, 'ready');
}

/** What is well when it is looked at may be gone, or not quite up, when it is used: then the wait begins again. */
async function whenNothingIsAway<C extends ServiceConfig>(
  app: NestFastifyApplication,
  service: ServiceDefinition<C>,
  waitingFor: (needs: string, fault: string | null) => void,
  stopping: AbortSignal,
): Promise<readonly CustomTransportStrategy[]> {
  while (!stopping.aborted) {
    await app.get(Health).untilWell(({ name, fault }) => waitingFor(name, fault), stopping);
    if (stopping.aborted) break;
    try {
      return (await service.consumers?.(app)) ?? [];
    } catch (error) {
      if (!isAway(error)) throw error;
      waitingFor('consumers', (error as Error).message);
      await delay(1000, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return [];
}

/** Closes in Nest's order: HTTP, consumers (each finishes and commits its batch), then the connections. */
async function closed(
  app: NestFastifyApplication,
  started: Promise<void>,
  log: Logger,
  withinMs: number,
): Promise<boolean> {
  const close = async () => {
    await started.catch(() => undefined);
    await app.close();
    return true;
  };
  const late = delay(withinMs).then(() => {
    log.error('stopping took too long, what was running is done again by the next owner');
    return false;
  });
  const failed = (error: unknown) => {
    log.error({ err: error }, 'stopping failed');
    return false;
  };
  return Promise.race([close().catch(failed), late]);
}

const faultOf = (error: unknown): object =>
  error instanceof ConfigurationError ? { problems: error.problems } : { err: error };
