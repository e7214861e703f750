import { headerText, type InputRecord, type OutgoingMessage } from '@waybill/messaging';
import { topics } from './topics';

interface Answer {
  readonly headers?: InputRecord['headers'];
  readonly value: Buffer | string | null;
}

/** The command that is answered, an item of a bulk by its own id, and the copy of it that asked. */
export function askedBy({ headers = {}, value }: Answer): { readonly id: string; readonly copy: string } {
  const [sent = '', number = ''] = (headerText(headers, 'kafka_correlationId') ?? '').split('#');
  const { item } = JSON.parse(String(value)) as { item?: number };
  const id = item === undefined ? sent : `${sent}/${item}`;
  return { id, copy: `${id}#${number}` };
}

/** Looks at what is said to be a duplicate, in the moment in which that is said. */
export class AnswerWatch {
  private readonly rightly = new Set<string>();

  constructor(private readonly isApplied: (id: string) => boolean) {}

  sees(message: OutgoingMessage): void {
    if (message.topic !== topics.replies) return;
    const { reason } = JSON.parse(String(message.value)) as { reason?: string };
    if (reason !== 'duplicate') return;
    const { id, copy } = askedBy(message);
    if (this.isApplied(id)) this.rightly.add(copy);
  }

  /** Whoever sent this copy was told that it is a duplicate of something that had been applied. */
  wasDuplicate(copy: string): boolean {
    return this.rightly.has(copy);
  }
}
