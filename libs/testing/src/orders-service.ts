import { ServiceProcess, type Servers } from './service-process';

/** A process of the built orders service. */
export class OrdersService extends ServiceProcess {
  /** Starts a process; does not wait for it to be ready. `env` adds to and replaces what the tests set. */
  static spawn(servers: Servers, env?: Readonly<Record<string, string>>): OrdersService {
    return new OrdersService('orders', servers, env);
  }

  /** Starts a process and waits until it takes work. */
  static async start(servers: Servers, env?: Readonly<Record<string, string>>): Promise<OrdersService> {
    const service = OrdersService.spawn(servers, env);
    await service.ready();
    return service;
  }
}
