import { decodeEnvelope, type InputRecord, readDeadLetter, type StoredDeadLetter } from '@waybill/messaging';

/** A dead letter and when it was set aside. */
export interface ListedDeadLetter {
  readonly letter: StoredDeadLetter;
  readonly at: string;
}

export interface DeadLetterFilter {
  readonly kind?: string;
  readonly key?: string;
}

/** Collects dead letters in any order; of those with one id only the newest stays. */
export class DeadLetterList {
  private readonly newest = new Map<string, ListedDeadLetter & { readonly timestampMs: number }>();
  /** Records of the topic that are no dead letters. */
  unreadable = 0;

  constructor(private readonly filter: DeadLetterFilter = {}) {}

  add(record: InputRecord): void {
    let letter: StoredDeadLetter;
    try {
      letter = readDeadLetter(record);
    } catch {
      this.unreadable += 1;
      return;
    }
    const { timestampMs } = record;
    const known = this.newest.get(letter.id);
    // a redrive that failed again counts more than a late repeat of the first failure
    if (
      known &&
      (known.letter.n > letter.n || (known.letter.n === letter.n && known.timestampMs > timestampMs))
    )
      return;
    this.newest.set(letter.id, { letter, timestampMs, at: new Date(timestampMs).toISOString() });
  }

  /** The newest first. The filter applies to what is newest of each. */
  entries(): ListedDeadLetter[] {
    const { kind, key } = this.filter;
    return [...this.newest.values()]
      .filter(({ letter }) => (!kind || letter.kind === kind) && (!key || letter.key === key))
      .toSorted((a, b) => b.timestampMs - a.timestampMs || b.letter.id.localeCompare(a.letter.id));
  }

  find(id: string): ListedDeadLetter | undefined {
    return this.newest.get(id);
  }
}

/** Type and id of the command, as far as it can be read. */
export function commandOf({
  record,
}: StoredDeadLetter): { type: string; id: string; source: string } | undefined {
  const decoded = decodeEnvelope(record);
  return decoded.ok ? decoded.envelope : undefined;
}
