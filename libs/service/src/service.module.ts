import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule, PinoLogger } from 'nestjs-pino';
import { Registry } from 'prom-client';
import { Health } from './health';
import { HttpMetrics } from './http-metrics';
import { Lifecycle } from './lifecycle';
import { nestLogParams, ServiceLog } from './logging';
import { ProbesController } from './probes.controller';
import type { ServiceConfig } from './service-config';
import { ServiceMetrics } from './service-metrics';
import { ServiceTracing } from './tracing/service-tracing';

/** Log, probes, metrics and traces of one service. Global: what it exports can be injected anywhere. */
@Module({})
export class ServiceModule {
  static forRoot(config: ServiceConfig): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      imports: [LoggerModule.forRoot(nestLogParams(config)), TerminusModule.forRoot({ logger: false })],
      controllers: [ProbesController],
      providers: [
        Health,
        Lifecycle,
        HttpMetrics,
        ServiceLog,
        {
          provide: ServiceMetrics,
          useFactory: (health: Health) => metricsOf(config.name, health),
          inject: [Health],
        },
        {
          provide: ServiceTracing,
          useFactory: (log: PinoLogger) => ServiceTracing.open(config, log),
          inject: [PinoLogger],
        },
        {
          provide: Registry,
          useFactory: (metrics: ServiceMetrics) => metrics.registry,
          inject: [ServiceMetrics],
        },
      ],
      exports: [Health, Lifecycle, ServiceMetrics, ServiceTracing, Registry],
    };
  }
}

function metricsOf(service: string, health: Health): ServiceMetrics {
  const metrics = new ServiceMetrics(service);
  health.add({
    name: 'engine',
    async check() {
      if (metrics.stalledBy !== null) throw metrics.stalledBy;
    },
    // no other instance could do better, so it goes on taking what it can
    note: () => (metrics.held.length === 0 ? undefined : `held: ${metrics.held.join(', ')}`),
  });
  return metrics;
}
