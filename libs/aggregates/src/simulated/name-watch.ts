/** Who held which unique value when, in turns of the history. */
export class NameWatch {
  private readonly spans = new Map<string, { readonly id: string; until: number }[]>();
  private readonly readAt = new Map<object, number>();

  /** A document has these keys from now on and no others. */
  holds(id: string, before: readonly string[], now: readonly string[], turn: number): void {
    for (const key of before) {
      if (now.includes(key)) continue;
      for (const span of this.spans.get(key) ?? [])
        if (span.id === id && span.until === Infinity) span.until = turn;
    }
    for (const key of now) {
      if (before.includes(key)) continue;
      this.spans.set(key, [...(this.spans.get(key) ?? []), { id, until: Infinity }]);
    }
  }

  /** A worker begins to look at the database for a round of its batch. */
  reads(worker: object, turn: number): void {
    this.readAt.set(worker, turn);
  }

  /** Somebody has held `key` at some moment since the worker began to look. */
  wasHeld(key: string, worker: object): boolean {
    const since = this.readAt.get(worker) ?? 0;
    return (this.spans.get(key) ?? []).some(({ until }) => until >= since);
  }
}
