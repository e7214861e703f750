import type { OutgoingMessage, Publisher } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import { detour, type HandOn, type ResolvedTarget } from './hand-on';
import type { Incoming } from './incoming';
import { isSameRecord, type KeepResult, type KeptCommand, type KeptStore, type Waiting } from './kept-store';
import { nothingOut, type Without } from './rules';

/** A place that an aggregate has taken. `kind` null: it does not know yet which taker it is. */
export interface TakenPlace {
  readonly place: string;
  readonly kind: string | null;
  readonly target: ResolvedTarget;
}

export interface KeepingOptions {
  readonly store: KeptStore;
  readonly handOn: HandOn;
  readonly publisher: Publisher;
  /** Finds the takers of places, in the order of `messages`. */
  readonly resolve: (messages: readonly CommandMessage[]) => Promise<readonly (ResolvedTarget | null)[]>;
  readonly now?: () => number;
  readonly mostOfPlace?: number;
  readonly without?: Without;
}

/** A kept command and the taker of its place. */
export interface Due {
  readonly command: KeptCommand;
  readonly target: ResolvedTarget;
}

export interface Kept {
  readonly incoming: Incoming;
  readonly result: KeepResult;
}

const mostOfPlace = 200;

/**
 * Commands that come before what they mean: keep, then look again; and from the other side, take the place, then read
 * what is kept for it. Either side may miss the other, never both; the sweep is what makes it sure.
 */
export class Keeping {
  private readonly now: () => number;
  private readonly without: Without;

  constructor(private readonly options: KeepingOptions) {
    this.now = options.now ?? Date.now;
    this.without = options.without ?? nothingOut;
  }

  /** Keeps commands whose place nobody has taken, then looks once more. */
  async keep(waiting: readonly { readonly incoming: Incoming; readonly keep: Waiting }[]): Promise<Kept[]> {
    const kept: Kept[] = [];
    const fresh: { command: KeptCommand; message: CommandMessage }[] = [];
    for (const { incoming, keep } of waiting) {
      const command = this.command(incoming, keep);
      const isBack = incoming.handedOn?.kept && !this.without.has('keep-back');
      const result = await this.options.store[isBack ? 'keepBack' : 'keep'](
        command,
        this.options.mostOfPlace ?? mostOfPlace,
      );
      kept.push({ incoming, result });
      if (result === 'kept' || result === 'again') fresh.push({ command, message: incoming.message });
    }
    if (fresh.length > 0 && !this.without.has('look-again')) await this.lookAgain(fresh);
    return kept;
  }

  /** Sends on what is kept for places that were taken just now. */
  async follow(taken: readonly TakenPlace[]): Promise<void> {
    if (taken.length === 0 || this.without.has('follow')) return;
    const kept = await this.options.store.of([...new Set(taken.map(({ place }) => place))]);
    if (kept.length === 0) return;
    const due = taken.flatMap((place) =>
      fitting(place, kept).map((command) => ({ command, target: place.target })),
    );
    await this.send(due);
  }

  /** Marks, publishes, and forgets once it is acknowledged. Whoever is expired meanwhile is not sent. */
  async send(due: readonly Due[]): Promise<void> {
    const messages: OutgoingMessage[] = [];
    const sent: KeptCommand[] = [];
    for (const { command, target } of due) {
      const message = this.messageFor(command, target);
      if (!message) continue;
      const isMarked = await this.options.store.mark(command, 'sending');
      if (!isMarked && !this.without.has('mark-first')) continue;
      messages.push(message);
      sent.push(command);
    }
    await this.options.publisher.publish(messages);
    await this.options.store.remove(sent);
  }

  /** Undefined for one that nobody can read any more: it must not hold up the taker; the sweep ends it. */
  private messageFor(command: KeptCommand, target: ResolvedTarget): OutgoingMessage | undefined {
    try {
      return this.options.handOn.kept(command, target);
    } catch {
      return undefined;
    }
  }

  private async lookAgain(kept: readonly { command: KeptCommand; message: CommandMessage }[]): Promise<void> {
    const targets = await this.options.resolve(kept.map(({ message }) => message));
    const due = kept.flatMap(({ command }, i) => {
      const target = targets[i];
      return target ? [{ command, target }] : [];
    });
    if (due.length === 0) return;
    // one that was kept again is there as it was kept first
    const stored = await this.options.store.of([...new Set(due.map(({ command }) => command.place))]);
    await this.send(
      due.flatMap(({ command, target }) =>
        stored.filter((one) => isSame(one, command)).map((one) => ({ command: one, target })),
      ),
    );
  }

  private command(incoming: Incoming, keep: Waiting): KeptCommand {
    const { message, from, handedOn, item } = incoming;
    const origin = handedOn?.origin.detour === 'late' ? handedOn.origin : detour(from, 'late');
    const { source, id: messageId, saidAt: time = message.time } = message;
    const command = { ...keep, origin, source, messageId, time, keptAtMs: this.now() };
    return { ...command, record: this.recordOf(incoming), ...(item ? { items: item.items } : {}) };
  }

  /** Whole; of a bulk only what is kept. */
  private recordOf(incoming: Incoming): KeptCommand['record'] {
    const { record, item } = incoming;
    if (record.value === null) throw new Error('a command has a value');
    if (!item) return { ...record, value: record.value };
    const { value, headers } = this.options.handOn.alone(incoming);
    return { ...record, value: Buffer.from(value), headers };
  }
}

const isSame = (a: KeptCommand, b: KeptCommand): boolean => a.identity === b.identity && isSameRecord(a, b);

/** Of a taker that does not know its kind, all kept ones must mean the same. */
function fitting({ place, kind }: TakenPlace, kept: readonly KeptCommand[]): KeptCommand[] {
  const here = kept.filter((command) => command.place === place);
  const kinds = new Set(here.map((command) => command.kind));
  const wanted = kind ?? (kinds.size === 1 ? here[0]?.kind : undefined);
  return here
    .filter((command) => command.kind === wanted)
    .toSorted((a, b) => (a.order === b.order ? 0 : a.order < b.order ? -1 : 1));
}
