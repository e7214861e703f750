import type { CommandMessage, Fact } from '@waybill/aggregates';
import { contractOf, refusalOf, validatorOf } from '@waybill/contracts';
import { type Decision, refused } from '@waybill/decider';
import type { Target } from '@waybill/messaging';
import { orderAggregate } from './order.aggregate';
import type { OrderEvent } from './order.events';
import { OrderRouter } from './order.router';
import { type Order, uniqueKeys } from './order.state';

export interface Sent {
  readonly type: string;
  readonly id: string;
  readonly source: string;
  readonly time: string;
  readonly data: object;
}

export interface Published extends Fact {
  readonly id: string;
  readonly sequence: number;
  readonly time: string;
  // the members depend on the type; specs look at some of them
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

export interface Answer {
  readonly reply: Record<string, unknown>;
  readonly facts: readonly Published[];
}

interface Kept {
  readonly state: Order | null;
  readonly sequence: number;
}

/** All orders of a test: the pure parts put together as the engine does it, without its deliveries and retries. */
export class OrderBook {
  private readonly orders = new Map<string, Kept>();
  private readonly router = new OrderRouter({
    find: (filter) => ({ toArray: async () => this.find(filter) }),
  });

  order(id: string): Order | null {
    return this.orders.get(id)?.state ?? null;
  }

  get all(): readonly Order[] {
    return [...this.orders.values()].flatMap(({ state }) => (state ? [state] : []));
  }

  /** One answer, or one per item of a bulk. */
  async send(sent: Sent): Promise<readonly Answer[]> {
    const contract = contractOf(sent.type);
    if (!contract) throw new Error(`no contract for ${sent.type}`);
    const issues = validatorOf(contract)(sent.data);
    if (issues.length > 0) return [unrouted(refusalOf(issues))];
    const message = { ...sent, time: new Date(sent.time).toISOString() };
    const route = this.router.route(message);
    if (route.to !== 'items') return [await this.deliver(message)];
    const answers: Answer[] = [];
    for (const [item, { type, data, refusal }] of route.items.entries()) {
      const one = { ...message, type, data, id: `${sent.id}/${item}` };
      // one after the other, in input order
      const { reply, facts } = refusal ? unrouted(refusal) : await this.deliver(one);
      answers.push({ reply: { item, items: route.items.length, ...reply }, facts });
    }
    return answers;
  }

  private async deliver(message: CommandMessage): Promise<Answer> {
    const route = this.router.route(message);
    if (route.to === 'refused') return unrouted(route.refusal);
    const target = route.to === 'target' ? route.target : (await this.router.resolve([message]))[0];
    return target ? this.apply(target, message) : unrouted(this.router.missing(message));
  }

  private apply({ aggregateId }: Target, message: CommandMessage): Answer {
    const { state, sequence } = this.orders.get(aggregateId) ?? { state: null, sequence: 0 };
    const taken = new Set(
      this.all.filter(({ orderId }) => orderId !== aggregateId).flatMap((order) => uniqueKeys(order)),
    );
    const decision = orderAggregate.decider.decide(state, orderAggregate.toCommand(message), { taken });
    if (decision.outcome !== 'accepted')
      return {
        reply: { ...plain(decision), ...(state ? { aggregate_id: aggregateId, sequence } : {}) },
        facts: [],
      };
    let kept: Kept = { state, sequence };
    const facts: Published[] = [];
    for (const event of decision.events) {
      const after = orderAggregate.decider.evolve(kept.state, event);
      kept = { state: after, sequence: kept.sequence + 1 };
      facts.push({
        id: `${aggregateId}/${kept.sequence}`,
        sequence: kept.sequence,
        time: message.time,
        ...orderAggregate.fact(event, after),
      });
    }
    this.orders.set(aggregateId, kept);
    const events = facts.map(({ type, sequence: number }) => ({ type, sequence: number }));
    return {
      reply: { outcome: 'accepted', aggregate_id: aggregateId, sequence: kept.sequence, events },
      facts,
    };
  }

  private find(filter: { _id?: { $in: string[] }; keys?: { $in: string[] } }): object[] {
    return [...this.orders].flatMap(([id, { state }]) => {
      if (!state) return [];
      const keys = uniqueKeys(state);
      const isWanted = filter._id?.$in.includes(id) || keys.some((key) => filter.keys?.$in.includes(key));
      return isWanted
        ? [{ _id: id, keys, state: orderAggregate.toDocument(state, orderAggregate.version) }]
        : [];
    });
  }
}

const plain = (decision: Exclude<Decision<OrderEvent>, { outcome: 'accepted' }>) =>
  decision.outcome === 'ignored'
    ? { outcome: decision.outcome, reason: decision.reason }
    : { outcome: decision.outcome, key: decision.key, message: decision.message, errors: decision.errors };

const unrouted = ({
  key,
  message,
  errors,
}: ReturnType<typeof refusalOf> | ReturnType<typeof refused>): Answer => ({
  reply: { outcome: 'refused', key, message, errors },
  facts: [],
});
