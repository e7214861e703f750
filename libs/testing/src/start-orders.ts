import { OrdersClient } from './orders-client';
import { OrdersService } from './orders-service';
import { type PrivateStack, startPrivateStack } from './stack';

export interface OrdersOptions {
  /** How long a command waits for an order that is not known yet, try by try; short, as tests wait for it. */
  readonly retryDelays?: readonly string[];
  /** Further environment of the service. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A stack, the orders service on it, and a client; all of one test file's own. */
export interface RunningOrders {
  readonly stack: PrivateStack;
  readonly service: OrdersService;
  readonly client: OrdersClient;
  /** One more process on the same servers, in the same consumer group. */
  another(): Promise<OrdersService>;
  end(): Promise<void>;
}

/** Starts everything that an end-to-end test of the orders service needs; five to ten seconds. */
export async function startOrders(options: OrdersOptions = {}): Promise<RunningOrders> {
  const retryDelays = options.retryDelays ?? ['1s', '2s'];
  const env = { WAYBILL_RETRY_DELAYS: retryDelays.join(','), ...options.env };
  const stack = await startPrivateStack();
  const closers: (() => Promise<unknown>)[] = [() => stack.end()];
  const end = async () => {
    // the servers last: what uses them says goodbye to them first
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const client = await OrdersClient.open(stack, retryDelays);
    closers.push(() => client.close());
    const start = async () => {
      const service = await OrdersService.start(stack, env);
      closers.push(() => service.kill());
      return service;
    };
    return { stack, service: await start(), client, another: start, end };
  } catch (error) {
    await end();
    throw error;
  }
}
