import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { errorBody } from './error-body';
import { ErrorFilter } from './error.filter';
import { HttpMetrics } from './http-metrics';
import { ServiceLog } from './logging';
import { type ApiDescription, serveOpenApi } from './open-api';
import { RequestPipe } from './validation.pipe';

/** A body of a caller, on HTTP as on Kafka. */
const bodyLimitBytes = 900 * 1024;

const routesOfMachines = /^\/(?:health|metrics|docs)/;

/**
 * The app with everything that all services share: error body, strict requests, request log, OpenAPI. It does not
 * listen yet, so tests can `inject` into it after `init()`.
 */
export async function createService(
  module: DynamicModule,
  api: ApiDescription,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
      void reply.status(400).send(errorBody('malformed_request', 'the address cannot be read'));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    abortOnError: false,
    bufferLogs: true,
  });
  app.useLogger(app.get(ServiceLog));
  app.useGlobalPipes(new RequestPipe());
  const log = await app.resolve<PinoLogger>(PinoLogger);
  app.useGlobalFilters(new ErrorFilter(log));
  const metrics = app.get(HttpMetrics);
  adapter.getInstance().addHook('onResponse', async (request, reply) => told(log, metrics, request, reply));
  serveOpenApi(app, api);
  return app;
}

/** The route's pattern and no more: an address or a query may name a customer. */
function told(log: PinoLogger, metrics: HttpMetrics, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? null;
  const { elapsedTime: ms, statusCode: status } = reply;
  const line = { method: request.method, route, status, ms: Math.round(ms) };
  metrics.answered({ ...line, ms });
  if (route !== null && routesOfMachines.test(route)) log.debug(line, 'request');
  else log.info(line, 'request');
}
