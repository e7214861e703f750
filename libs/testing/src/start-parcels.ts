import { OrdersClient } from './orders-client';
import { OrdersService } from './orders-service';
import type { ServiceClient } from './service-client';
import type { ServiceProcess } from './service-process';
import { ShipmentsClient } from './shipments-client';
import { ShipmentsService } from './shipments-service';
import { type PrivateStack, startPrivateStack } from './stack';

export interface ParcelsOptions {
  /** How long a command waits for an order that is not known yet, try by try. */
  readonly retryDelays?: readonly string[];
  /** Further environment of both services. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A service that runs, and a client of it. */
export interface Running<Client extends ServiceClient> {
  readonly service: ServiceProcess;
  readonly client: Client;
  /** One more process on the same servers, in the same consumer groups. */
  another(): Promise<ServiceProcess>;
}

/** A stack with orders and shipments on it, which talk to each other; all of one test file's own. */
export interface RunningParcels {
  readonly stack: PrivateStack;
  readonly orders: Running<OrdersClient>;
  readonly shipments: Running<ShipmentsClient>;
  end(): Promise<void>;
}

/** Starts everything that an end-to-end test of a parcel's life needs. Kept scans are swept every two seconds, estimates never. */
export async function startParcels(options: ParcelsOptions = {}): Promise<RunningParcels> {
  const retryDelays = options.retryDelays ?? ['1s', '2s'];
  const env = {
    WAYBILL_RETRY_DELAYS: retryDelays.join(','),
    WAYBILL_SWEEP_EVERY: '2s',
    WAYBILL_OVERDUE_CHECK: 'off',
    ...options.env,
  };
  const stack = await startPrivateStack();
  const closers: (() => Promise<unknown>)[] = [() => stack.end()];
  const end = async () => {
    // the servers last: what uses them says goodbye to them first
    for (const close of closers.splice(0).toReversed()) await close();
  };
  const closing = <T extends ServiceProcess>(service: T): T => {
    closers.push(() => service.kill());
    return service;
  };
  try {
    const orders = await OrdersClient.open(stack, retryDelays);
    closers.push(() => orders.close());
    const shipments = await ShipmentsClient.open(stack, retryDelays);
    closers.push(() => shipments.close());
    const startOrder = () => closing(OrdersService.spawn(stack, env));
    const startShipment = () => closing(ShipmentsService.spawn(stack, env));
    const first = { orders: startOrder(), shipments: startShipment() };
    await Promise.all([first.orders.ready(), first.shipments.ready()]);
    return {
      stack,
      orders: { service: first.orders, client: orders, another: () => ready(startOrder()) },
      shipments: { service: first.shipments, client: shipments, another: () => ready(startShipment()) },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function ready(service: ServiceProcess): Promise<ServiceProcess> {
  await service.ready();
  return service;
}
