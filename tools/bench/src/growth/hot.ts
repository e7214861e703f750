import { leftByOrders, waybillLane } from '../lanes/waybill.lane';
import { waitsFor } from '../latency';
import { faultsOf } from '../measure';
import { orderMessage } from '../order-message';
import { commandTopic, eventTopic, setStage, type Stage } from '../stage';
import type { Curve, Extent, Point } from './point';

const seconds: Readonly<Record<Extent, number>> = { quick: 6, usual: 20, full: 60 };
const offered = 400;
const everyMs = 2000;
const hotOrder = 900_000;

export const hot: Curve = {
  name: 'hot',
  about: `orders: delay of ${offered} new orders a second while one other order gets commands, all at once, every ${everyMs / 1000} s`,
  x: 'commands at once on the hot order',
  plots: [
    { figure: 'p50', title: 'Delay of the other orders, median', y: 'ms' },
    { figure: 'p99', title: 'Delay of the other orders, 99th percentile', y: 'ms' },
  ],
  async *measure(extent) {
    for (const commands of extent === 'quick' ? [0, 500] : [0, 100, 500, 1000])
      yield await pointOf(commands, extent);
  },
};

async function pointOf(commands: number, extent: Extent): Promise<Point> {
  const stage = await setStage();
  try {
    const heat = new Heat(stage, commands);
    const { sent, seen, p50, p99, max, load } = await waitsFor(stage, {
      offered,
      seconds: seconds[extent],
      factTopic: eventTopic,
      message: (i) => orderMessage(i, 0, 'usual'),
      nameOf: (i) => `bench-${i}-0`,
      answered: ({ causationId }) => causationId,
      start: async () => {
        const run = await waybillLane.start(stage, { messages: 0, orders: 0, totals: 0, faulty: 0 });
        await heat.begin();
        return async () => {
          await heat.end();
          await run.end();
        };
      },
    });
    const left = await leftByOrders(stage);
    const orders = left.messages - heat.sent;
    const faults = faultsOf([
      ['orders with a fact', seen, sent],
      ['orders', left.orders, orders + (heat.sent > 0 ? 1 : 0)],
      ['facts', left.facts, left.factsWanted],
    ]);
    return { curve: 'hot', series: 'other orders', x: commands, figures: { p50, p99, max }, load, faults };
  } finally {
    await stage.end();
  }
}

/** Sends so many commands on one order at once, again and again. */
class Heat {
  sent = 0;
  private readonly producer;
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<unknown> = Promise.resolve();

  constructor(
    stage: Stage,
    private readonly commands: number,
  ) {
    this.producer = stage.kafka.producer();
  }

  async begin(): Promise<void> {
    await this.producer.connect();
    if (this.commands > 0) this.timer = setInterval(() => this.send(), everyMs);
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.sending;
    await this.producer.disconnect();
  }

  private send(): void {
    const messages = Array.from({ length: this.commands }, () =>
      orderMessage(hotOrder, this.sent++, 'usual'),
    );
    this.sending = this.producer.send({ topic: commandTopic, acks: -1, messages });
  }
}
