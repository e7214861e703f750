/** Where progress is shown; standard error fits. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const sayEveryMs = 5000;

/** Shows how far the work is: on a terminal in one line that is written over, elsewhere in a line now and then. */
export class ProgressScreen {
  private shown = '';
  private shownAtMs = -Infinity;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = Date.now,
  ) {}

  /** What comes before the first colon says what is shown: where it changes, the line before stays. */
  show(line: string): void {
    const isOther = topicOf(line) !== topicOf(this.shown);
    if (this.stream.isTTY) this.stream.write(`${isOther && this.shown ? '\n' : '\r\u001b[K'}${line}`);
    else if (isOther || this.now() - this.shownAtMs >= sayEveryMs) this.stream.write(`${line}\n`);
    else return;
    this.shown = line;
    this.shownAtMs = this.now();
  }

  /** What is written from now on begins a line of its own. */
  end(): void {
    if (this.stream.isTTY && this.shown) this.stream.write('\n');
    this.shown = '';
  }
}

const topicOf = (line: string): string => line.split(':', 1)[0] ?? '';
