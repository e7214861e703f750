const tellEveryMs = 100;

/** What a lane's process says of itself on its standard output, for the parent that measures it. */
export class Diary {
  private readonly last = new Map<string, number>();
  private done = 0;
  private written = 0;

  constructor() {
    setInterval(() => this.tell({ done: this.done }), tellEveryMs).unref();
  }

  ready(): void {
    this.tell({ msg: 'ready' });
  }

  /** A message that was handled; `price` is what it says of an order, major units, where it changed one. */
  handled(change?: { readonly key: string; readonly price: number }): void {
    this.done++;
    if (!change) return;
    this.written++;
    this.last.set(change.key, Math.round(change.price * 100));
  }

  /** Ends the process with a word on what it has done, once `close` has let the running work finish. */
  endOn(signal: NodeJS.Signals, close: () => Promise<unknown>): void {
    const end = async () => {
      await close();
      const totals = [...this.last.values()].reduce((sum, total) => sum + total, 0);
      this.tell({ done: this.done, written: this.written, orders: this.last.size, totals });
      process.exit(0);
    };
    process.once(signal, () => void end());
  }

  private tell(line: object): void {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
