import type { CommandMessage, Fact, Reaction, ResolvedTarget } from '@waybill/aggregates';
import { contractOf, refusalOf, validatorOf } from '@waybill/contracts';
import { type Decision, type Refused, refused } from '@waybill/decider';
import type { Fact as HeardFact } from '@waybill/messaging';
import { shipmentAggregate } from './shipment.aggregate';
import type { ShipmentEvent } from './shipment.events';
import { ShipmentRouter } from './shipment.router';
import type { Shipment } from './shipment.state';
import { misdirected, placesOf } from './shipment.waiting';

export interface Sent {
  readonly type: string;
  readonly id: string;
  readonly source: string;
  readonly time: string;
  readonly data: object;
}

/** As much of a fact of an order as a reaction reads. */
export type Heard = Pick<HeardFact, 'id' | 'type' | 'sequence' | 'data'> & {
  readonly subject: string;
  readonly time: string;
};

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
  /** Of the command, then of what was kept and follows. */
  readonly facts: readonly Published[];
}

interface Stored {
  readonly state: Shipment | null;
  readonly sequence: number;
}

type Keeping = NonNullable<Extract<ReturnType<ShipmentRouter['route']>, { to: 'reference' }>['keep']>;

interface KeptMessage {
  readonly message: CommandMessage;
  readonly keep: Omit<Keeping, 'full'>;
}

/** All shipments of a test: the pure parts put together as the engine does it, without its deliveries and crashes. */
export class ShipmentBook {
  private readonly shipments = new Map<string, Stored>();
  readonly kept = new Map<string, KeptMessage>();
  private readonly router = new ShipmentRouter({
    find: (filter) => ({ toArray: async () => this.find(filter) }),
  });

  shipment(id: string): Shipment | null {
    return this.shipments.get(id)?.state ?? null;
  }

  get all(): readonly Shipment[] {
    return [...this.shipments.values()].flatMap(({ state }) => (state ? [state] : []));
  }

  /** What the reactions make of a fact of an order, sent one after the other. */
  async hear(
    fact: Heard,
    reactions: readonly Reaction[],
  ): Promise<{ readonly commands: readonly Sent[]; readonly answers: readonly Answer[] }> {
    const heard = {
      ...fact,
      aggregateId: fact.subject,
      source: 'orders',
      topic: '',
      partition: 0,
      offset: 0,
    };
    const commands = reactions
      .filter(({ on }) => on === fact.type)
      .flatMap((reaction) => reaction.react(heard))
      .map(({ type, target: { aggregateId }, data }) => ({
        id: `${fact.id}/${aggregateId}`,
        type,
        source: 'shipments',
        subject: aggregateId,
        time: fact.time,
        data,
      }));
    const answers: Answer[] = [];
    for (const command of commands) answers.push(await this.send(command));
    return { commands, answers };
  }

  async send(sent: Sent): Promise<Answer> {
    const contract = contractOf(sent.type);
    if (!contract) throw new Error(`no contract for ${sent.type}`);
    const issues = validatorOf(contract)(sent.data);
    if (issues.length > 0) return unrouted(refusalOf(issues));
    const message = { ...sent, time: new Date(sent.time).toISOString() };
    const route = this.router.route(message);
    if (route.to === 'target') return this.apply(route.target, message);
    if (route.to !== 'reference') throw new Error(`no shipment command goes to ${route.to}`);
    const [found] = await this.router.resolve([message]);
    if (found) return this.apply(found, message);
    return route.keep
      ? this.keep(message, route.keep, route.keep.full)
      : unrouted(this.router.missing(message));
  }

  private keep(message: CommandMessage, keep: KeptMessage['keep'], full?: Refused): Answer {
    if (this.kept.has(keep.identity))
      return { reply: { outcome: 'ignored', reason: 'duplicate' }, facts: [] };
    const here = [...this.kept.values()].filter((other) => other.keep.place === keep.place);
    if (full && here.length >= 200) return unrouted(full);
    this.kept.set(keep.identity, { message, keep });
    return { reply: { outcome: 'accepted', events: [], kept: true }, facts: [] };
  }

  private async apply(target: ResolvedTarget, message: CommandMessage): Promise<Answer> {
    const { aggregateId } = target;
    const { state, sequence } = this.shipments.get(aggregateId) ?? { state: null, sequence: 0 };
    const command = shipmentAggregate.toCommand(message);
    const elsewhere = state && misdirected(state, command);
    if (elsewhere) return this.keep(message, elsewhere);
    const decision = shipmentAggregate.decider.decide(state, command, { taken: new Set() });
    if (decision.outcome !== 'accepted')
      return {
        reply: { ...plain(decision), ...(state ? { aggregate_id: aggregateId, sequence } : {}) },
        facts: [],
      };
    let stored: Stored = { state, sequence };
    const facts: Published[] = [];
    for (const event of decision.events) {
      const after = shipmentAggregate.decider.evolve(stored.state, event);
      stored = { state: after, sequence: stored.sequence + 1 };
      const id = `${aggregateId}/${stored.sequence}`;
      const fact = shipmentAggregate.fact(event, after);
      facts.push({ id, sequence: stored.sequence, time: message.time, ...fact });
    }
    this.shipments.set(aggregateId, stored);
    const events = facts.map(({ type, sequence: number }) => ({ type, sequence: number }));
    return {
      reply: { outcome: 'accepted', aggregate_id: aggregateId, sequence: stored.sequence, events },
      facts: [...facts, ...(await this.follow(aggregateId))],
    };
  }

  /** What is kept for the place of this shipment follows: all of its carrier, or of the only one where it knows none. */
  private async follow(aggregateId: string): Promise<Published[]> {
    const { state } = this.shipments.get(aggregateId) ?? {};
    const [place] = state ? placesOf(state) : [];
    if (!state || !place) return [];
    const here = [...this.kept.values()].filter(({ keep }) => keep.place === place.place);
    const kinds = [...new Set(here.map(({ keep }) => keep.kind))];
    const wanted = place.kind ?? (kinds.length === 1 ? kinds[0] : undefined);
    const due = here
      .filter(({ keep }) => keep.kind === wanted)
      .toSorted((a, b) => (a.keep.order < b.keep.order ? -1 : 1));
    for (const { keep } of due) this.kept.delete(keep.identity);
    const facts: Published[] = [];
    for (const { message } of due) {
      const { saidAt = message.time } = message;
      const taken = { ...message, time: place.attachedAt, kept: true, saidAt };
      facts.push(...(await this.apply({ aggregateId, key: state.orderId }, taken)).facts);
    }
    return facts;
  }

  private find(filter: { _id?: { $in: string[] }; 'state.search.numbers'?: { $in: string[] } }): object[] {
    return [...this.shipments].flatMap(([id, { state }]) => {
      if (!state) return [];
      const document = shipmentAggregate.toDocument(state, shipmentAggregate.version);
      const { numbers } = document['search'] as { numbers: string[] };
      const isWanted =
        filter._id?.$in.includes(id) ||
        numbers.some((key) => filter['state.search.numbers']?.$in.includes(key));
      return isWanted ? [{ _id: id, state: document }] : [];
    });
  }
}

const plain = (decision: Exclude<Decision<ShipmentEvent>, { outcome: 'accepted' }>) =>
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
