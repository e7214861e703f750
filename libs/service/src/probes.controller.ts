import { Controller, Get, Header, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, type HealthIndicatorFunction, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Registry } from 'prom-client';
import { Health, type HealthSource } from './health';
import { Lifecycle } from './lifecycle';

/** What an orchestrator and a scraper ask. The answers of the probes are those of terminus, not the error body. */
@Controller()
@ApiExcludeController()
export class ProbesController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly health: Health,
    private readonly lifecycle: Lifecycle,
    private readonly registry: Registry,
  ) {}

  /**
   * The process answers, and no consumer of it is dead or stands still (the progress watchdog tells). Such a process ends by
   * itself; this is for the seconds until then, and for an end that hangs. That Kafka or MongoDB is away is no reason.
   */
  @Get('health/live')
  live(@Res({ passthrough: true }) reply: FastifyReply) {
    const session = this.indicators.check('progress');
    const { fault } = this.lifecycle;
    return this.answer([() => (fault ? session.down({ message: fault.message }) : session.up())], reply);
  }

  /** Everything that the service needs is there, it has started taking work and is not about to stop. */
  @Get('health/ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer(
      [this.lifecycle, ...this.health.sources].map((source) => this.indicator(source)),
      reply,
    );
  }

  @Get('metrics')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('cache-control', 'no-store')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }

  private indicator(source: HealthSource): HealthIndicatorFunction {
    return async () => {
      const { fault } = await this.health.condition(source);
      const session = this.indicators.check(source.name);
      if (fault !== null) return session.down({ message: fault });
      const message = source.note?.();
      return message === undefined ? session.up() : session.up({ message });
    };
  }

  private async answer(indicators: HealthIndicatorFunction[], reply: FastifyReply): Promise<unknown> {
    void reply.header('cache-control', 'no-store');
    try {
      return await this.checks.check(indicators);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.status(503);
      return error.getResponse();
    }
  }
}
