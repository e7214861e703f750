import type { Refused } from '@waybill/decider';
import {
  encodeEnvelope,
  type HandedOn,
  type Origin,
  type OriginSigner,
  type OutgoingMessage,
  type Target,
} from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { CommandRouter } from './command-router';
import type { CommandOrigin, Incoming } from './incoming';
import { partitionOfKey } from './partition-of-key';
import type { RouteStore } from './route-store';

/** What routing makes of a batch: commands to fold here, messages to hand on, and refusals that it answers itself. */
export interface Routed {
  readonly toFold: readonly { readonly target: Target; readonly incoming: Incoming }[];
  readonly handOns: readonly { readonly of: Incoming; readonly message: OutgoingMessage }[];
  readonly refusals: readonly { readonly to: Incoming; readonly refusal: Refused }[];
}

export interface RoutingOptions {
  readonly router: CommandRouter;
  readonly routes: RouteStore;
  readonly signer: OriginSigner;
  readonly commandTopic: string;
  readonly retryTopics: readonly string[];
  readonly partitions: number;
}

interface Waiting {
  readonly slot: number;
  readonly incoming: Incoming;
  readonly fixed: boolean;
}

type Step =
  | { to: 'fold'; target: Target }
  | { to: 'publish'; message: OutgoingMessage }
  | { to: 'refuse'; refusal: Refused };

/** Step 2 of the engine: which aggregate a command means, and whether it is at home in the partition that it came from. */
export class Routing {
  constructor(private readonly options: RoutingOptions) {}

  /** `stage` is `late` for records of a retry topic; everything they resolve to is handed on to the command topic. */
  async route(incomings: readonly Incoming[], stage: 'command' | 'retry'): Promise<Routed> {
    const steps: { incoming: Incoming; step?: Step }[] = [];
    const waiting: Waiting[] = [];
    for (const incoming of incomings) this.sort(incoming, stage, steps, waiting);
    await this.resolve(waiting, steps);
    return {
      toFold: steps.flatMap(({ incoming, step }) =>
        step?.to === 'fold' ? [{ target: step.target, incoming }] : [],
      ),
      handOns: steps.flatMap(({ incoming, step }) =>
        step?.to === 'publish' ? [{ of: incoming, message: step.message }] : [],
      ),
      refusals: steps.flatMap(({ incoming, step }) =>
        step?.to === 'refuse' ? [{ to: incoming, refusal: step.refusal }] : [],
      ),
    };
  }

  private sort(
    incoming: Incoming,
    stage: 'command' | 'retry',
    steps: { incoming: Incoming; step?: Step }[],
    waiting: Waiting[],
  ): void {
    const target = incoming.handedOn?.target;
    if (target) {
      steps.push({ incoming, step: { to: 'fold', target } });
      return;
    }
    const route = this.options.router.route(incoming.message);
    switch (route.to) {
      case 'target': {
        const home = stage === 'command' && !incoming.handedOn && this.isAtHome(incoming, route.target);
        const step: Step = home
          ? { to: 'fold', target: route.target }
          : { to: 'publish', message: this.handOn(incoming, route.target) };
        steps.push({ incoming, step });
        return;
      }
      case 'refused':
        steps.push({ incoming, step: { to: 'refuse', refusal: route.refusal } });
        return;
      case 'reference':
        waiting.push({ slot: steps.push({ incoming }) - 1, incoming, fixed: route.fixed ?? false });
        return;
      case 'items': {
        const items = route.items.length;
        route.items.forEach((item, index) => {
          const split = splitItem(incoming, item.type, item.data, index, items);
          if (item.refusal) steps.push({ incoming: split, step: { to: 'refuse', refusal: item.refusal } });
          else this.sort(split, stage, steps, waiting);
        });
      }
    }
  }

  private isAtHome(incoming: Incoming, target: Target): boolean {
    const { record } = incoming;
    return (
      incoming.item === undefined &&
      record.key?.toString() === target.key &&
      partitionOfKey(target.key, this.options.partitions) === record.partition
    );
  }

  private async resolve(
    waiting: readonly Waiting[],
    steps: { incoming: Incoming; step?: Step }[],
  ): Promise<void> {
    if (waiting.length === 0) return;
    const { router, routes, retryTopics } = this.options;
    const found = await router.resolve(waiting.map(({ incoming }) => incoming.message));
    const open: { waiting: Waiting; target: Target | null }[] = [];
    waiting.forEach((one, i) => {
      const target = found[i] ?? null;
      if (target && one.fixed) steps[one.slot] = this.to(one.incoming, target);
      else open.push({ waiting: one, target });
    });
    const decisions = await routes.decide(
      open.map(({ waiting: { incoming }, target }) => ({
        message: routeKey(incoming.message),
        record: recordKey(incoming.from),
        found: target,
        stage: incoming.handedOn ? 'late' : 'first',
        last: (incoming.handedOn?.attempt ?? -1) >= retryTopics.length - 1,
      })),
    );
    open.forEach(({ waiting: { slot, incoming } }, i) => {
      const decision = decisions[i];
      if (!decision) throw new Error('the route store answered less than it was asked');
      if (decision.kind === 'target') steps[slot] = this.to(incoming, decision.target);
      else if (decision.kind === 'waits')
        steps[slot] = { incoming, step: { to: 'publish', message: this.wait(incoming) } };
      else steps[slot] = { incoming, step: { to: 'refuse', refusal: router.missing(incoming.message) } };
    });
  }

  private to(incoming: Incoming, target: Target): { incoming: Incoming; step: Step } {
    return { incoming, step: { to: 'publish', message: this.handOn(incoming, target) } };
  }

  /** The same command under its canonical key; its value keeps its bytes unless it is one item of a bulk. */
  private handOn(incoming: Incoming, target: Target): OutgoingMessage {
    const { commandTopic, partitions } = this.options;
    const origin = incoming.handedOn?.origin ?? detour(incoming.from, 'rekeyed');
    return {
      topic: commandTopic,
      partition: partitionOfKey(target.key, partitions),
      key: target.key,
      ...this.content(incoming, { origin, target, time: incoming.message.time }),
    };
  }

  private wait(incoming: Incoming): OutgoingMessage {
    const attempt = (incoming.handedOn?.attempt ?? -1) + 1;
    const topic = this.options.retryTopics[attempt];
    if (topic === undefined) throw new Error(`no retry topic for attempt ${attempt}`);
    const origin = incoming.handedOn?.origin ?? detour(incoming.from, 'late');
    return {
      topic,
      partition: incoming.record.partition,
      key: incoming.record.key,
      ...this.content(incoming, { origin, attempt, time: incoming.message.time }),
    };
  }

  private content(incoming: Incoming, handedOn: HandedOn): Pick<OutgoingMessage, 'value' | 'headers'> {
    const { message, record, item } = incoming;
    const signed = this.options.signer.headers(
      { ...handedOn, ...(item ? { items: item.items } : {}) },
      message.source,
      message.id,
    );
    const wasSplit = item !== undefined && incoming.handedOn?.items === undefined;
    const headers = { ...callerHeaders(record.headers, wasSplit), ...signed };
    return { value: wasSplit ? encodeItem(message) : record.value, headers };
  }
}

/** Headers of the caller that travel on; ours are made anew, and a split item is an envelope of its own. */
function callerHeaders(
  headers: Incoming['record']['headers'],
  structured: boolean,
): Record<string, Buffer | string> {
  const kept: Record<string, Buffer | string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('waybill-') || (structured && (name.startsWith('ce_') || name === 'content-type')))
      continue;
    const one = Array.isArray(value) ? value.at(-1) : value;
    if (one !== undefined) kept[name] = one;
  }
  return kept;
}

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

const encodeItem = (message: CommandMessage): string =>
  encodeEnvelope({
    id: message.id,
    type: message.type,
    source: message.source,
    time: message.time,
    ...(message.correlationId === undefined ? {} : { correlationid: message.correlationId }),
    ...(message.traceparent === undefined ? {} : { traceparent: message.traceparent }),
    data: message.data,
  });

const detour = (from: CommandOrigin, kind: 'rekeyed' | 'late'): Origin => ({
  detour: kind,
  stream: `${from.stream}/${kind}`,
  offset: from.offset,
  item: from.item,
  n: 0,
});

const routeKey = (message: CommandMessage): string =>
  JSON.stringify([message.data.shop_slug, message.source, message.id]);

const recordKey = (from: CommandOrigin): string =>
  `${from.stream}@${from.offset},${from.item},${from.redrives}`;
