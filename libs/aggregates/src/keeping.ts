import type { OutgoingMessage, Publisher } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import { detour, type HandOn, type ResolvedTarget } from './hand-on';
import type { Incoming } from './incoming';
import type { KeepResult, KeptCommand, KeptStore, Waiting } from './kept-store';
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
      const result = await this.options.store.keep(command, this.options.mostOfPlace ?? mostOfPlace);
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
  async send(
    due: readonly { readonly command: KeptCommand; readonly target: ResolvedTarget }[],
  ): Promise<void> {
    const messages: OutgoingMessage[] = [];
    const sent: string[] = [];
    for (const { command, target } of due) {
      const isMarked = await this.options.store.mark(command.identity, 'sending');
      if (!isMarked && !this.without.has('mark-first')) continue;
      messages.push(this.options.handOn.kept(command, target));
      sent.push(command.identity);
    }
    await this.options.publisher.publish(messages);
    await this.options.store.remove(sent);
  }

  private async lookAgain(kept: readonly { command: KeptCommand; message: CommandMessage }[]): Promise<void> {
    const targets = await this.options.resolve(kept.map(({ message }) => message));
    const due = kept.flatMap(({ command }, i) => {
      const target = targets[i];
      return target ? [{ command, target }] : [];
    });
    await this.send(due);
  }

  private command({ record, message, from, handedOn }: Incoming, keep: Waiting): KeptCommand {
    const { value } = record;
    if (value === null) throw new Error('a command has a value');
    const origin = handedOn?.origin.detour === 'late' ? handedOn.origin : detour(from, 'late');
    const { source, id: messageId, time } = message;
    return { ...keep, origin, source, messageId, time, record: { ...record, value }, keptAtMs: this.now() };
  }
}

/** Of a taker that does not know its kind, all kept ones must mean the same. */
function fitting({ place, kind }: TakenPlace, kept: readonly KeptCommand[]): KeptCommand[] {
  const here = kept.filter((command) => command.place === place);
  const kinds = new Set(here.map((command) => command.kind));
  const wanted = kind ?? (kinds.size === 1 ? here[0]?.kind : undefined);
  return here
    .filter((command) => command.kind === wanted)
    .toSorted((a, b) => (a.order === b.order ? 0 : a.order < b.order ? -1 : 1));
}
