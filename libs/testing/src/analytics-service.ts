import { ServiceProcess, type Servers } from './service-process';

/** A process of the built analytics service. */
export class AnalyticsService extends ServiceProcess {
  /** Starts a process and waits until it takes work. `env` adds to and replaces what the tests set. */
  static async start(servers: Servers, env?: Readonly<Record<string, string>>): Promise<AnalyticsService> {
    const service = new AnalyticsService('analytics', servers, env);
    await service.ready();
    return service;
  }
}
