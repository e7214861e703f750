import { readDeadLetter } from '@waybill/messaging';
import type { EngineOptions } from './command-engine';
import { signer, Story } from './engine-story.spec-data';
import { sentBack } from './simulated/operator';
import type { SampleTypes } from './simulated/sample-aggregate';
import { topics } from './simulated/world';

/** A story of an aggregate with a line of parked commands, and of the operator who sends them back. */
export class ParkingStory extends Story {
  /** Those of the next start. */
  readonly settings: { parksBehindFailed?: boolean };

  constructor(options: Partial<EngineOptions<SampleTypes>> = {}) {
    const settings = { parksBehindFailed: true, ...options };
    super(settings);
    this.settings = settings;
  }

  /** `a0` with a command that failed (`c2`) and `count` that are parked behind it, from `c3` on. */
  async park(count: number): Promise<void> {
    this.send('create', { target: 'a0' });
    this.send('append', { target: 'a0', poison: true });
    for (let i = 0; i < count; i++) this.send('append', { target: 'a0' });
    await this.run();
    this.bug.present = false;
  }

  /** The newest letter of each command, by its id, in the order in which they were set aside first. */
  letters(): Map<string, ReturnType<typeof readDeadLetter>> {
    return new Map(
      this.log.all(topics.deadLetters).map((record) => [idOf(record.value), readDeadLetter(record)]),
    );
  }

  /** Number in the line of each parked command, by its id; null: it has none. */
  places(): Record<string, number | null> {
    return Object.fromEntries([...this.letters()].map(([id, { parked }]) => [id, parked?.number ?? null]));
  }

  sendBack(id: string, { isGivenUp = false } = {}): void {
    const letter = this.log.all(topics.deadLetters).findLast(({ value }) => idOf(value) === id);
    if (!letter) throw new Error(`${id} is no dead letter`);
    this.log.append(sentBack(letter, signer, this.log.nowMs, isGivenUp));
  }

  /** Sends them back in this order and lets the engine work. */
  async redrive(...ids: readonly string[]): Promise<void> {
    for (const id of ids) this.sendBack(id);
    await this.run();
  }

  /** What its sender was told, each once and without `duplicate`. An item of a bulk is answered under the bulk's id. */
  answersTo(id: string): string[] {
    const [sent = '', item] = id.split('/');
    const told = this.log.all(topics.replies).flatMap(({ value, headers }) => {
      const reply = JSON.parse(String(value)) as Record<string, string | number>;
      const isOfIt =
        String(headers['kafka_correlationId']) === sent && String(reply['item']) === String(item);
      return isOfIt && reply['reason'] !== 'duplicate' ? [String(reply['key'] ?? reply['outcome'])] : [];
    });
    return [...new Set(told)];
  }

  outcomesOf(id: string): string[] {
    return this.log.all(topics.replies).flatMap(({ value, headers }) => {
      if (String(headers['kafka_correlationId']) !== id) return [];
      const { outcome, reason, key } = JSON.parse(String(value)) as Record<string, string>;
      return [reason ?? key ?? outcome ?? ''];
    });
  }
}

const idOf = (value: Buffer | null): string => (JSON.parse(String(value)) as { id: string }).id;
