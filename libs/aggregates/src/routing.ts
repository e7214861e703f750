import { createHash } from 'node:crypto';
import type { Refused } from '@waybill/decider';
import type { Outcome, OutgoingMessage, Target } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import { failpoint } from './failpoint';
import type { CommandRouter, ReferenceRoute, Route } from './command-router';
import type { Answer } from './fold';
import type { HandOn, ResolvedTarget } from './hand-on';
import type { CommandOrigin, Incoming } from './incoming';
import type { Keeping, Kept } from './keeping';
import type { RouteStore } from './route-store';
import type { Without } from './rules';
import { failedBy, keptOutcome, type StoredOutcome } from './stored-aggregate';

/** What routing makes of a batch: commands to fold here, messages to hand on, and what it answers itself. */
export interface Routed {
  readonly toFold: readonly { readonly target: Target; readonly incoming: Incoming }[];
  readonly handOns: readonly { readonly of: Incoming; readonly message: OutgoingMessage }[];
  readonly answers: readonly Answer[];
}

export interface RoutingOptions {
  readonly router: CommandRouter;
  readonly routes: RouteStore;
  readonly handOn: HandOn;
  /** Left out where no command of the service is ever kept. */
  readonly keeping?: Keeping;
  /** How many retry delays there are. */
  readonly delays: number;
  readonly without?: Without;
}

interface Slot {
  readonly incoming: Incoming;
  step?: Step;
}

interface Open {
  readonly slot: Slot;
  readonly route: ReferenceRoute;
  readonly target: ResolvedTarget | null;
}

type Step =
  | { readonly to: 'fold'; readonly target: Target }
  | { readonly to: 'publish'; readonly message: OutgoingMessage }
  | { readonly to: 'answer'; readonly outcome: StoredOutcome };

/** Step 2 of the engine: which aggregate a command means, and whether it is at home in the partition that it came from. */
export class Routing {
  constructor(private readonly options: RoutingOptions) {}

  /**
   * At stage `retry` nothing is folded: what a record of a retry topic resolves to is handed on to the command topic. What
   * is at or below the offset `routedBefore` may have been routed before, by an owner of the past or by an attempt that
   * failed.
   */
  async route(
    incomings: readonly Incoming[],
    stage: 'command' | 'retry',
    routedBefore = -1,
  ): Promise<Routed> {
    const slots: Slot[] = [];
    const references: { slot: Slot; route: ReferenceRoute }[] = [];
    for (const incoming of incomings) this.sort(incoming, stage, slots, references);
    await this.resolve(references, routedBefore);
    const routed = { toFold: [], handOns: [], answers: [] } as { [K in keyof Routed]: Routed[K][number][] };
    for (const { incoming, step } of slots) {
      if (step?.to === 'fold') routed.toFold.push({ target: step.target, incoming });
      else if (step?.to === 'publish') routed.handOns.push({ of: incoming, message: step.message });
      else if (step?.to === 'answer') routed.answers.push({ to: incoming, outcome: step.outcome });
    }
    return routed;
  }

  /** What is said of a command that was kept again for another taker; nothing where it was answered when it was kept first. */
  keptAgain(kept: Kept): StoredOutcome | null {
    const { incoming, result } = kept;
    if (incoming.handedOn?.kept && result !== 'full') return null;
    const route = this.options.router.route(incoming.message);
    const keep = route.to === 'reference' ? route.keep : undefined;
    return outcomeOfKeeping(kept, keep?.full ?? this.options.router.missing(incoming.message));
  }

  private sort(
    incoming: Incoming,
    stage: 'command' | 'retry',
    slots: Slot[],
    references: { slot: Slot; route: ReferenceRoute }[],
  ): void {
    const slot: Slot = { incoming };
    const target = incoming.handedOn?.target;
    if (target) {
      slots.push({ incoming, step: { to: 'fold', target } });
      return;
    }
    const route = this.routeOf(incoming);
    switch (route.to) {
      case 'target': {
        const { handOn } = this.options;
        const isHome = stage === 'command' && !incoming.handedOn && handOn.isAtHome(incoming, route.target);
        slot.step = isHome
          ? { to: 'fold', target: route.target }
          : { to: 'publish', message: handOn.to(incoming, route.target) };
        slots.push(slot);
        return;
      }
      case 'refused':
        slots.push({ incoming, step: refuse(route.refusal) });
        return;
      case 'failed':
        slots.push({ incoming, step: { to: 'answer', outcome: failedBy(route.error) } });
        return;
      case 'reference':
        slots.push(slot);
        references.push({ slot, route });
        return;
      case 'items': {
        const items = route.items.length;
        route.items.forEach((item, index) => {
          const split = splitItem(incoming, item.type, item.data, index, items);
          if (item.refusal) slots.push({ incoming: split, step: refuse(item.refusal) });
          else this.sort(split, stage, slots, references);
        });
      }
    }
  }

  /** A bug that one message meets is no reason to hold up all the others. */
  private routeOf({ message }: Incoming): Route | { readonly to: 'failed'; readonly error: unknown } {
    try {
      return this.options.router.route(message);
    } catch (error) {
      return { to: 'failed', error };
    }
  }

  private async resolve(
    references: readonly { slot: Slot; route: ReferenceRoute }[],
    routedBefore: number,
  ): Promise<void> {
    if (references.length === 0) return;
    const found = await this.options.router.resolve(references.map(({ slot }) => slot.incoming.message));
    const undecided: Open[] = [];
    const unplaced: Open[] = [];
    references.forEach(({ slot, route }, i) => {
      const target = found[i] ?? null;
      if (target && route.keep) slot.step = this.handOnKeepable(slot, target, routedBefore);
      else if (route.keep) unplaced.push({ slot, route, target });
      else undecided.push({ slot, route, target });
    });
    await this.keep(unplaced);
    await this.decide(undecided);
  }

  /** A reference is resolved once: whoever comes second obeys what was decided first. */
  private async decide(undecided: readonly Open[]): Promise<void> {
    const { routes, handOn, delays } = this.options;
    const decisions = await routes.decide(
      undecided.map(({ slot: { incoming }, route: { fixed, wait }, target }) => ({
        message: routeKey(incoming.message),
        record: recordKey(incoming.from),
        found: target && { aggregateId: target.aggregateId, key: target.key },
        stage: incoming.handedOn ? 'late' : 'first',
        last: wait === false || (incoming.handedOn?.attempt ?? -1) >= delays - 1,
        ...(fixed ? { fixed } : {}),
      })),
    );
    undecided.forEach(({ slot }, i) => {
      const decision = decisions[i];
      if (!decision) throw new Error('the route store answered less than it was asked');
      if (decision.kind === 'target') slot.step = this.handOnTo(slot, decision.target);
      else if (decision.kind === 'waits') slot.step = { to: 'publish', message: handOn.later(slot.incoming) };
      else slot.step = this.refuseMissing(slot);
    });
  }

  private async keep(unplaced: readonly Open[]): Promise<void> {
    if (unplaced.length === 0) return;
    const { keeping } = this.options;
    if (!keeping) throw new Error('a command is to be kept by a service that keeps none');
    const waiting = unplaced.flatMap(({ slot, route: { keep } }) =>
      keep ? [{ incoming: slot.incoming, keep }] : [],
    );
    const kept = await keeping.keep(waiting);
    failpoint('after-keep');
    unplaced.forEach(({ slot, route }, i) => {
      const one = kept[i];
      if (one && route.keep) slot.step = { to: 'answer', outcome: outcomeOfKeeping(one, route.keep.full) };
    });
  }

  /**
   * Whoever routed its record before may have kept it and handed on what came behind it. A position in a stream would say
   * then that it is done, although nobody has applied it; so it is remembered alone, as it would be out of keeping.
   */
  private handOnKeepable({ incoming }: Slot, target: Target, routedBefore: number): Step {
    const isAgain = incoming.record.offset <= routedBefore && !this.options.without?.has('keepable-late');
    const message = this.options.handOn.to(incoming, target, isAgain ? 'late' : 'rekeyed');
    return { to: 'publish', message };
  }

  private handOnTo({ incoming }: Slot, target: Target): Step {
    return { to: 'publish', message: this.options.handOn.to(incoming, target) };
  }

  private refuseMissing({ incoming }: Slot): Step {
    try {
      return refuse(this.options.router.missing(incoming.message));
    } catch (error) {
      return { to: 'answer', outcome: failedBy(error) };
    }
  }
}

function outcomeOfKeeping({ result }: Kept, full: Refused): Outcome {
  switch (result) {
    case 'kept':
    case 'again':
      return keptOutcome;
    case 'duplicate':
      return { outcome: 'ignored', reason: 'duplicate' };
    case 'full':
      return refusedOutcome(full);
  }
}

const refusedOutcome = ({ key, message, errors }: Refused): Outcome => ({
  outcome: 'refused',
  key,
  message,
  errors,
});

const refuse = (refusal: Refused): Step => ({ to: 'answer', outcome: refusedOutcome(refusal) });

function splitItem(bulk: Incoming, type: string, data: object, item: number, items: number): Incoming {
  const { message } = bulk;
  return {
    ...bulk,
    message: {
      ...message,
      type,
      data,
      id: `${message.id}/${item}`,
      correlationId: message.correlationId ?? message.id,
    },
    from: { ...bulk.from, item },
    item: { item, items },
    ...(bulk.handedOn ? { handedOn: { ...bulk.handedOn, origin: { ...bulk.handedOn.origin, item } } } : {}),
  };
}

/** With what the command says: an id that a producer uses again for something else must not lead it astray. */
const routeKey = ({ source, id, type, data }: CommandMessage): string => {
  const content = createHash('sha256')
    .update(JSON.stringify([type, data]))
    .digest('base64url')
    .slice(0, 22);
  return JSON.stringify([data.shop_slug, source, id, content]);
};

const recordKey = (from: CommandOrigin): string =>
  `${from.stream}@${from.offset},${from.item},${from.redrives}`;
