import type { Refused } from '@waybill/decider';
import {
  type DeadLetter,
  deadLetterMessage,
  decodeEnvelope,
  type EngineReports,
  originalStream,
  type Publisher,
} from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { CommandRouter } from './command-router';
import { deadLetterOf } from './intake';
import type { Due, Keeping } from './keeping';
import type { KeptCommand, KeptStore, MarkedCommand } from './kept-store';
import { failedBy } from './stored-aggregate';

export interface KeptSweepOptions {
  readonly store: KeptStore;
  readonly keeping: Keeping;
  readonly router: CommandRouter;
  readonly publisher: Publisher;
  readonly deadLetters: string;
  /** How long a command is kept, counted from the keeping; the domain says 30 days. */
  readonly keepForMs: number;
  readonly now?: () => number;
  readonly reports?: Pick<EngineReports, 'deadLetter' | 'kept'>;
}

interface Readable {
  readonly command: MarkedCommand;
  readonly message: CommandMessage;
}

/** What is said of a command that ends: that its place was not taken, or what is broken. */
type End = Refused | { readonly outcome: 'failed'; readonly error: unknown };

const pageSize = 200;

/**
 * Looks every kept command up again: sends on what has its place by now, ends what was kept too long, and finishes what
 * was marked before a crash. Several instances may sweep at once; the first mark wins.
 *
 * Every end is a dead letter with the whole message:
 * - kept too long: what the router says of a missing reference;
 * - cannot be read or routed any more: failed, at once, for waiting will not mend it, and it must not stop the others;
 * - kept too long and marked as `sending`, but nobody has its place any more: failed. Its sender may have passed it on
 *   before it died, so "not found" could be untrue, and so could an end before its time: whoever takes the place until
 *   then still gets it.
 */
export class KeptSweep {
  private readonly now: () => number;

  constructor(private readonly options: KeptSweepOptions) {
    this.now = options.now ?? Date.now;
  }

  /** One pass over all kept commands. */
  async run(): Promise<void> {
    let after: string | null = null;
    let commands = 0;
    let oldestMs = 0;
    for (;;) {
      const page = await this.options.store.page(after, pageSize);
      await this.sweep(page);
      commands += page.length;
      oldestMs = Math.max(oldestMs, ...page.map(({ keptAtMs }) => this.now() - keptAtMs));
      if (page.length < pageSize) break;
      after = page.at(-1)?.identity ?? null;
    }
    this.options.reports?.kept?.({ commands, oldestMs });
  }

  private async sweep(page: readonly MarkedCommand[]): Promise<void> {
    const open: Readable[] = [];
    for (const command of page) {
      const message = this.read(command);
      if ('error' in message) await this.endBroken(command, message);
      else if (command.mark === 'expired') await this.endUntaken({ command, message });
      else open.push({ command, message });
    }
    const due = await this.due(open);
    await this.options.keeping.send(due);
    const found = new Set(due.map(({ command }) => command.identity));
    for (const one of open)
      if (!found.has(one.command.identity) && this.isOld(one.command)) await this.endUntaken(one);
  }

  private async due(open: readonly Readable[]): Promise<readonly Due[]> {
    const targets = await this.options.router.resolve(open.map(({ message }) => message));
    const kinds = await this.kindsOf(
      open.flatMap(({ command }, i) => (targets[i]?.kind === null ? [command] : [])),
    );
    return open.flatMap(({ command }, i) => {
      const target = targets[i];
      // a taker that does not know itself gets them only if all mean the same
      const fits = target && (target.kind !== null || kinds.get(command.place)?.size === 1);
      return fits ? [{ command, target }] : [];
    });
  }

  private async kindsOf(commands: readonly KeptCommand[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const kept = await this.options.store.of([...new Set(commands.map(({ place }) => place))]);
    const groups = Map.groupBy(kept, ({ place }) => place);
    return new Map([...groups].map(([place, own]) => [place, new Set(own.map(({ kind }) => kind))]));
  }

  /** What throws here will always throw: nothing is looked up. */
  private read(command: KeptCommand): CommandMessage | Extract<End, { outcome: 'failed' }> {
    try {
      const message = messageOf(command);
      this.options.router.route(message);
      return message;
    } catch (error) {
      return { outcome: 'failed', error };
    }
  }

  private isOld({ keptAtMs }: KeptCommand): boolean {
    return this.now() - keptAtMs >= this.options.keepForMs;
  }

  private async endUntaken({ command, message }: Readable): Promise<void> {
    if (command.mark === 'sending')
      return this.endSending(command, { outcome: 'failed', error: new Error(mayBeSent) });
    await this.end(command, this.missing(message));
  }

  private async endBroken(command: MarkedCommand, end: End): Promise<void> {
    if (command.mark !== 'sending') await this.end(command, end);
    // another instance, with other code, could read it
    else if (this.isOld(command)) await this.endSending(command, end);
  }

  private missing(message: CommandMessage): End {
    try {
      return this.options.router.missing(message);
    } catch (error) {
      return { outcome: 'failed', error };
    }
  }

  /** Nobody waits for an answer any more. */
  private async end(command: KeptCommand, end: End): Promise<void> {
    if (!(await this.options.store.mark(command, 'expired'))) return;
    await this.publish(letterOf(command, end));
    await this.options.store.told(command);
  }

  private async endSending(command: KeptCommand, end: End): Promise<void> {
    await this.publish(letterOf(command, end));
    await this.options.store.remove([command]);
  }

  private async publish(letter: DeadLetter): Promise<void> {
    const { publisher, deadLetters, reports } = this.options;
    await publisher.publish([deadLetterMessage(deadLetters, letter)]);
    reports?.deadLetter?.({ kind: letter.kind, key: letter.key, letter });
  }
}

const mayBeSent =
  'it was being passed on when that stopped, and nobody has its place any more; ' +
  'it may have been applied: send it back only if it was not';

/** The whole message, filed under where it came from first. */
function letterOf({ record, origin, items }: KeptCommand, end: End): DeadLetter {
  const { stream, offset, item, n } = origin;
  const from = { stream: originalStream(stream), offset, item, redrives: n };
  const ofBulk = items === undefined ? {} : { items };
  if (end.outcome === 'refused')
    return deadLetterOf(record, from, 'refused', end.key, end.message, end.errors, ofBulk);
  const { message, stack } = failedBy(end.error);
  return deadLetterOf(record, from, 'failed', 'internal_error', message, [], { stack, ...ofBulk });
}

function messageOf({ record, source, messageId, time }: KeptCommand): CommandMessage {
  const decoded = decodeEnvelope(record);
  if (!decoded.ok) throw new Error(`the kept message ${messageId} cannot be read any more`);
  return { type: decoded.envelope.type, id: messageId, source, time, data: decoded.envelope.data };
}
