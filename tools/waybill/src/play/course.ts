import type { Arrivals } from './arrivals';
import type { CommandSender } from './command-sender';
import type { FactLog } from './fact-log';
import type { PlannedMessage } from './planned-message';
import type { ResultLog } from './result-log';
import type { Story } from './story';

export interface CourseOptions {
  readonly sender: CommandSender;
  readonly results: ResultLog;
  readonly facts: FactLog;
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly perSecond?: number;
}

/** How far scans may fall behind the messages of other orders while they wait for their number. */
const lookAhead = 200;
/** How many numbers may be on their way to their parcels: else all scans would come before their numbers. */
const mostNumbersOnTheWay = 20;

/** Sends messages and waits for what comes of them. */
export class Course {
  constructor(private readonly options: CourseOptions) {}

  /** Sends all of them, each as soon as it may be sent, and waits until something has come back of each. */
  async run(messages: readonly PlannedMessage[], what: string): Promise<void> {
    const { sender, results, arrivals, signal, perSecond, progress } = this.options;
    const from = sender.sent.length;
    const tell = () => {
      const sent = sender.sent.length - from;
      const open = results.open(sender.sent).length;
      progress(`${what}: ${sent} of ${messages.length} messages sent, ${sent - open} of them done`);
    };
    for (let waiting = messages; waiting.length > 0;) {
      const ready = await this.ready(waiting);
      await sender.send(ready, { ...(perSecond === undefined ? {} : { perSecond }), signal, onSent: tell });
      const sent = new Set(ready);
      waiting = waiting.filter((message) => !sent.has(message));
    }
    const open = () => results.open(sender.sent);
    const isDone = () => {
      tell();
      return open().length === 0;
    };
    await arrivals.until(isDone, () => missing(open().map(({ message }) => message)), signal);
  }

  /** Those of the first ones that may be sent now; some at least. */
  private async ready(waiting: readonly PlannedMessage[]): Promise<PlannedMessage[]> {
    const { sender, facts, arrivals, signal } = this.options;
    const hasNumber = (id?: string) => id === undefined || facts.parcels.get(id)?.status === 'fulfilled';
    const numbersOnTheWay = () =>
      sender.sent.filter(({ message }) => !hasNumber(message.givesNumberTo)).length;
    const ready = () => waiting.slice(0, lookAhead).filter(({ needsNumberOf }) => hasNumber(needsNumberOf));
    await arrivals.until(
      () => numbersOnTheWay() <= mostNumbersOnTheWay && ready().length > 0,
      () => `${waiting[0]?.commandId} waits for numbers to reach their parcels`,
      signal,
    );
    return ready();
  }

  /** Sends a story step by step: each when all that follows of the one before has happened. */
  async tell({ steps }: Story): Promise<void> {
    const { facts, arrivals, signal } = this.options;
    for (const { message, facts: wanted } of steps) {
      await this.run([message], 'a story');
      const open = () => [...wanted].filter(([id, sequence]) => sequence > 0 && !facts.fact(id, sequence));
      await arrivals.until(
        () => open().length === 0,
        () =>
          `${message.commandId}: no fact ${open()
            .map(([id, sequence]) => `${id}/${sequence}`)
            .join(', ')}`,
        signal,
      );
    }
  }

  /** Waits until every fact that a reply has announced was read. */
  async factsAreRead(): Promise<void> {
    const { sender, results, facts, arrivals, signal } = this.options;
    const announced = sender.sent.flatMap(({ correlationId }) => {
      const outcome = results.replies.get(correlationId)?.outcome;
      const subject = outcome?.aggregate_id;
      return subject === undefined || outcome?.sequence === undefined
        ? []
        : [{ subject, sequence: outcome.sequence }];
    });
    const unread = () => announced.filter(({ subject, sequence }) => !facts.fact(subject, sequence));
    await arrivals.until(
      () => unread().length === 0,
      () => `${unread().length} facts that were announced have not been read`,
      signal,
    );
  }
}

function missing(open: readonly PlannedMessage[]): string {
  const [first] = open;
  return `nothing has come back of ${open.length} messages, the first one is ${first?.commandId ?? first?.gist}`;
}
