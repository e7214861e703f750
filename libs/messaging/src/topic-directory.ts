import type { Admin } from 'kafkajs';

export interface TopicDirectoryOptions {
  /** How long the list holds for a topic that is on it. */
  readonly freshForMs?: number;
  /** How soon it is read again for one that is not. */
  readonly missFreshForMs?: number;
  readonly now?: () => number;
}

/**
 * Which topics there are and how many partitions they have, as of a short while ago. The list is read as a whole, so the
 * names that strangers ask for cost nothing.
 */
export class TopicDirectory {
  private readonly partitions = new Map<string, number>();
  private readAtMs = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly admin: Pick<Admin, 'fetchTopicMetadata'>,
    private readonly options: TopicDirectoryOptions = {},
  ) {}

  /** Number of partitions; `undefined`: there is no such topic. Rejects when the cluster cannot be asked. */
  async partitionsOf(topic: string): Promise<number | undefined> {
    const { freshForMs = 60_000, missFreshForMs = 500 } = this.options;
    const maxAgeMs = this.partitions.has(topic) ? freshForMs : missFreshForMs;
    if (this.nowMs() - this.readAtMs > maxAgeMs) {
      this.reading ??= this.read().finally(() => (this.reading = undefined));
      await this.reading;
    }
    return this.partitions.get(topic);
  }

  /** Makes the next question read the list again. */
  forget(): void {
    this.readAtMs = -Infinity;
  }

  private async read(): Promise<void> {
    const { topics } = await this.admin.fetchTopicMetadata();
    this.partitions.clear();
    for (const { name, partitions } of topics) this.partitions.set(name, partitions.length);
    this.readAtMs = this.nowMs();
  }

  private nowMs(): number {
    return (this.options.now ?? Date.now)();
  }
}
