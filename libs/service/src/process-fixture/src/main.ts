import 'reflect-metadata';
import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { Health } from '../../health';
import { Lifecycle } from '../../lifecycle';
import { type ServiceConfig, serviceConfig } from '../../service-config';
import { ServiceModule } from '../../service.module';
import { startService } from '../../start-service';

// A service whose parts misbehave as FAULT says. The spec beside it runs it as a process of its own.
const fault = process.env['FAULT'] ?? 'none';
let calls = 0;
const later = (act: () => void) => setTimeout(act, 50);
const tell = (event: string) => process.stdout.write(`${JSON.stringify({ event })}\n`);

class FakeConsumer extends Server implements CustomTransportStrategy {
  listen(callback: (error?: Error) => void): void {
    tell('consumer started');
    callback(fault === 'consumer-start' ? new Error('the group cannot be joined') : undefined);
  }

  async close(): Promise<void> {
    if (fault === 'slow-batch') await new Promise((resolve) => setTimeout(resolve, 300));
    if (fault === 'stuck-batch') await new Promise(() => {});
    tell('consumer drained');
  }

  on(): void {}

  unwrap(): never {
    throw new Error('there is nothing inside');
  }
}

@Injectable()
class FakeConnection implements OnApplicationShutdown {
  private checks = 0;

  constructor(health: Health) {
    health.add({
      name: 'mongodb',
      check: async () => {
        if (fault === 'dependency-never') throw new Error('connection refused');
        if (fault === 'dependency-late' && this.checks++ < 2) throw new Error('connection refused');
      },
    });
  }

  onApplicationShutdown(): void {
    tell('connection closed');
  }
}

@Module({})
class FixtureModule {
  static forRoot(config: ServiceConfig) {
    return { module: FixtureModule, imports: [ServiceModule.forRoot(config)], providers: [FakeConnection] };
  }
}

void startService({
  name: 'fixture',
  stopWithinMs: 500,
  api: { title: 'fixture', description: '' },
  configure: (from) => serviceConfig(from, 'fixture'),
  module: (config) => FixtureModule.forRoot(config),
  async consumers(app) {
    tell('dependencies well');
    if (fault === 'leader-election' && calls++ === 0) {
      throw Object.assign(new Error('not the leader for that partition'), { retriable: true });
    }
    if (fault === 'preflight') throw new Error('the topic begins above the saved position');
    if (fault === 'dead-consumer') later(() => app.get(Lifecycle).fail(new Error('no progress for 60 s')));
    if (fault === 'rejection') later(() => void Promise.reject(new Error('forgotten promise')));
    if (fault === 'exception') {
      later(() => {
        throw new TypeError('a bug in a timer');
      });
    }
    return [new FakeConsumer()];
  },
});
