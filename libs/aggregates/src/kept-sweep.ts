import { deadLetterMessage, decodeEnvelope, originalStream, type Publisher } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { CommandRouter } from './command-router';
import { deadLetterOf } from './intake';
import type { Keeping } from './keeping';
import type { KeptCommand, KeptMark, KeptStore } from './kept-store';

export interface KeptSweepOptions {
  readonly store: KeptStore;
  readonly keeping: Keeping;
  readonly router: Pick<CommandRouter, 'resolve' | 'missing'>;
  readonly publisher: Publisher;
  readonly deadLetters: string;
  /** How long a command is kept, counted from the keeping; the domain says 30 days. */
  readonly keepForMs: number;
  readonly now?: () => number;
}

const pageSize = 200;

/**
 * Looks every kept command up again: sends on what has its place by now, ends what was kept too long, and finishes what
 * was marked before a crash. Several instances may sweep at once; the first mark wins.
 */
export class KeptSweep {
  private readonly now: () => number;

  constructor(private readonly options: KeptSweepOptions) {
    this.now = options.now ?? Date.now;
  }

  /** One pass over all kept commands. */
  async run(): Promise<void> {
    let after: string | null = null;
    for (;;) {
      const page = await this.options.store.page(after, pageSize);
      await this.sweep(page);
      if (page.length < pageSize) return;
      after = page.at(-1)?.identity ?? null;
    }
  }

  private async sweep(page: readonly (KeptCommand & { readonly mark?: KeptMark })[]): Promise<void> {
    const { router, keeping, store } = this.options;
    const open = page.filter(({ mark }) => mark !== 'expired');
    const targets = await router.resolve(open.map(messageOf));
    const kinds = await this.kindsOf(open.filter((_, i) => targets[i]?.kind === null));
    const due = open.flatMap((command, i) => {
      const target = targets[i];
      // a taker that does not know itself gets them only if all mean the same
      const fits = target && (target.kind !== null || kinds.get(command.place)?.size === 1);
      return fits ? [{ command, target }] : [];
    });
    await keeping.send(due);
    const found = new Set(due.map(({ command }) => command.identity));
    const isOld = ({ identity, keptAtMs }: KeptCommand): boolean =>
      !found.has(identity) && this.now() - keptAtMs >= this.options.keepForMs;
    for (const command of page) {
      const mayEnd = command.mark === 'expired' || isOld(command);
      if (mayEnd && (await store.mark(command.identity, 'expired'))) await this.end(command);
    }
  }

  private async kindsOf(commands: readonly KeptCommand[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const kept = await this.options.store.of([...new Set(commands.map(({ place }) => place))]);
    const groups = Map.groupBy(kept, ({ place }) => place);
    return new Map([...groups].map(([place, own]) => [place, new Set(own.map(({ kind }) => kind))]));
  }

  /** The whole message goes to the dead letters; nobody waits for an answer any more. */
  private async end(command: KeptCommand): Promise<void> {
    const { router, publisher, deadLetters, store } = this.options;
    const { key, message, errors } = router.missing(messageOf(command));
    const { stream, offset, item, n } = command.origin;
    const from = { stream: originalStream(stream), offset, item, redrives: n };
    const letter = deadLetterOf(command.record, from, 'refused', key, message, errors);
    await publisher.publish([deadLetterMessage(deadLetters, letter)]);
    await store.told(command.identity);
  }
}

function messageOf({ record, source, messageId, time }: KeptCommand): CommandMessage {
  const decoded = decodeEnvelope(record);
  if (!decoded.ok) throw new Error(`the kept message ${messageId} cannot be read any more`);
  return { type: decoded.envelope.type, id: messageId, source, time, data: decoded.envelope.data };
}
