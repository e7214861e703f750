import {
  type DeadLetter,
  headerText,
  type InputRecord,
  type Outcome,
  readDeadLetter,
} from '@waybill/messaging';
import { runHeader, type SentMessage } from './command-sender';

export interface Reply {
  readonly outcome: Outcome;
  readonly receivedMs: number;
}

/** What came back of the messages of one run, by correlation id. Answers to other runs are not looked at. */
export class ResultLog {
  readonly replies = new Map<string, Reply>();
  readonly deadLetters = new Map<string, DeadLetter>();

  constructor(private readonly run: string) {}

  hearReply(record: InputRecord): void {
    const id = this.own(headerText(record.headers, 'kafka_correlationId'));
    // a service that was killed may repeat a reply: the first one counts
    if (id === undefined || this.replies.has(id) || record.value === null) return;
    const outcome = JSON.parse(record.value.toString()) as Outcome;
    this.replies.set(id, { outcome, receivedMs: performance.now() });
  }

  hearDeadLetter(record: InputRecord): void {
    const id = this.own(headerText(record.headers, runHeader));
    if (id !== undefined) this.deadLetters.set(id, readDeadLetter(record));
  }

  /** Messages of which nothing has come back yet. */
  open(sent: readonly SentMessage[]): SentMessage[] {
    return sent.filter(
      ({ correlationId }) => !this.replies.has(correlationId) && !this.deadLetters.has(correlationId),
    );
  }

  private own(id: string | undefined): string | undefined {
    return id?.startsWith(`${this.run}/`) ? id : undefined;
  }
}
