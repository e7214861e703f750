import { setTimeout as pause } from 'node:timers/promises';
import { structuredHeaders } from '@waybill/messaging';
import { AnalyticsService, OrdersClient, type PrivateStack, startPrivateStack } from '@waybill/testing';

const topic = 'orders.events';

export interface Written {
  readonly partition: number;
  readonly value: object | string;
}

/** A stack, an analytics service on it, and a hand that writes facts; all of one test file's own. */
export class RunningAnalytics {
  private constructor(
    readonly stack: PrivateStack,
    readonly client: OrdersClient,
    public service: AnalyticsService,
  ) {}

  static async start(): Promise<RunningAnalytics> {
    const stack = await startPrivateStack();
    const client = await OrdersClient.open(stack, ['1s']);
    return new RunningAnalytics(stack, client, await AnalyticsService.start(stack, serviceEnv));
  }

  async another(): Promise<AnalyticsService> {
    this.service = await AnalyticsService.start(this.stack, serviceEnv);
    return this.service;
  }

  async write(records: readonly Written[]): Promise<void> {
    const messages = records.map(({ partition, value }) => ({
      partition,
      key: 'the order id',
      value: typeof value === 'string' ? value : JSON.stringify(value),
      headers: { ...structuredHeaders },
    }));
    await this.client.producer.send({ topic, acks: -1, messages });
  }

  /** How many facts wait for a generation in these partitions, or in all. */
  async waiting(partitions?: readonly number[], generation = 1): Promise<number> {
    const groupId = `analytics.g${generation}`;
    const [offsets] = await this.client.admin.fetchOffsets({ groupId, topics: [topic] });
    const committed = new Map(
      offsets?.partitions.map(({ partition, offset }) => [partition, Number(offset)]),
    );
    const ends = await this.client.admin.fetchTopicOffsets(topic);
    return ends
      .filter(({ partition }) => partitions === undefined || partitions.includes(partition))
      .reduce(
        (sum, { partition, high }) => sum + Number(high) - Math.max(0, committed.get(partition) ?? 0),
        0,
      );
  }

  /** Waits until it is so. */
  async until(isSo: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + 45_000;
    while (!(await isSo())) {
      if (Date.now() > deadline) throw new Error(`not in 45 s: ${what}`);
      await pause(100);
    }
  }

  async end(): Promise<void> {
    await this.service.kill();
    await this.client.close();
    await this.stack.end();
  }
}

// one that was killed is missed after six seconds
export const serviceEnv = { KAFKA_SESSION_TIMEOUT_MS: '6000' };
