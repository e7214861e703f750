import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { isDatabaseAway } from './away';
import { ApiError, errorBody, type ErrorBody, statusOf } from './error-body';

/** The error body for whatever was thrown. What we did not foresee says nothing about itself. */
export function errorBodyOf(error: unknown): ErrorBody {
  if (error instanceof ApiError) return errorBody(error.key, error.message, error.errors);
  switch (clientStatusOf(error)) {
    case undefined:
      break;
    case 404:
      return errorBody('route_not_found', 'there is nothing under this method and path');
    case 413:
      return errorBody('payload_too_large', 'the body is larger than 900 KiB');
    default:
      return errorBody('malformed_request', 'the request cannot be read: a body must be valid JSON in UTF-8');
  }
  if (isDatabaseAway(error) || statusMember(error) === 503) {
    return errorBody('service_unavailable', 'the service cannot reach what it needs, try again later');
  }
  return errorBody('internal_error', 'something went wrong on our side');
}

/** Nest's own exceptions and Fastify's errors carry a status; only one below 500 says something about the request. */
function clientStatusOf(error: unknown): number | undefined {
  const status = statusMember(error);
  return status !== undefined && status >= 400 && status < 500 ? status : undefined;
}

function statusMember(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** Answers every failed request with the error body, and logs those that are our fault. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: PinoLogger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const body = errorBodyOf(error);
    const status = statusOf(body.key);
    if (status >= 500) {
      const route = host.switchToHttp().getRequest<FastifyRequest>().routeOptions.url;
      this.log.error({ err: error, route, key: body.key }, 'request failed');
    }
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send(body);
  }
}
