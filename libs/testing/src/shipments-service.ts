import { ServiceProcess, type Servers } from './service-process';

/** A process of the built shipments service. */
export class ShipmentsService extends ServiceProcess {
  /** Starts a process; does not wait for it to be ready. `env` adds to and replaces what the tests set. */
  static spawn(servers: Servers, env?: Readonly<Record<string, string>>): ShipmentsService {
    return new ShipmentsService('shipments', servers, env);
  }

  /** Starts a process and waits until it takes work. */
  static async start(servers: Servers, env?: Readonly<Record<string, string>>): Promise<ShipmentsService> {
    const service = ShipmentsService.spawn(servers, env);
    await service.ready();
    return service;
  }
}
