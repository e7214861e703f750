import { type BatchHandler, type Fact, factsHandler } from '@waybill/messaging';
import type { Without } from '../rules';
import { type Caller, Overtaken } from './actor';
import type { SampleState } from './sample-aggregate';

/** What a reader of facts keeps of one aggregate: a counter, and the newest snapshot. */
export interface Kept {
  readonly sequence: number;
  readonly appended: number;
  readonly sample: SampleState | null;
}

const nothing: Kept = { sequence: 0, appended: 0, sample: null };

/** What a reader keeps when it has taken one more fact. */
export function taken(kept: Kept, fact: Pick<Fact, 'type' | 'sequence' | 'data'>): Kept {
  const isAppended = fact.type === 'samples.appended.v1';
  const { sample } = fact.data as { sample: SampleState };
  return { sequence: fact.sequence, appended: kept.appended + (isAppended ? 1 : 0), sample };
}

/** A reader of facts in the manner of another team: effect and last sequence in one guarded write for each aggregate. */
export class Projection {
  readonly documents = new Map<string, Kept>();
  /** Negative control: the sequences as they are kept apart from the effects. */
  private readonly apart = new Map<string, number>();

  constructor(private readonly without: Without) {}

  handler(worker: Caller, alarm: (text: string) => void): BatchHandler {
    const sequences = {
      load: (ids: readonly string[]) =>
        worker.call(() => Promise.resolve(this.sequencesOf(ids)), { kind: 'read sequences' }),
      ...(this.without.has('sequence-with-effect')
        ? {
            remember: (last: ReadonlyMap<string, number>) =>
              worker.call(() => Promise.resolve(last.forEach((n, id) => this.apart.set(id, n))), {
                kind: 'write sequences',
              }),
          }
        : {}),
    };
    return factsHandler({
      sequences: this.without.has('repeats-dropped') ? null : sequences,
      handle: (facts) => this.take(worker, facts),
      onAlarm: (found) =>
        alarm(
          found.kind === 'gap'
            ? `the projection expected ${found.aggregateId}/${found.expected} and read ${found.got}`
            : 'the projection could not read a fact',
        ),
    });
  }

  private sequencesOf(ids: readonly string[]): ReadonlyMap<string, number> {
    const known = ids.flatMap((id): [string, number][] => {
      const sequence = this.without.has('sequence-with-effect')
        ? this.apart.get(id)
        : this.documents.get(id)?.sequence;
      return sequence === undefined ? [] : [[id, sequence]];
    });
    return new Map(known);
  }

  private async take(worker: Caller, facts: readonly Fact[]): Promise<void> {
    for (const [id, own] of Map.groupBy(facts, ({ aggregateId }) => aggregateId))
      await worker.call(() => this.write(id, own), {
        kind: 'write projection',
        about: () => own.map((fact) => fact.id).join(', '),
      });
  }

  private async write(id: string, facts: readonly Fact[]): Promise<void> {
    const before = this.documents.get(id) ?? nothing;
    const first = facts[0]?.sequence ?? 0;
    const isGuarded = !['projection-guard', 'sequence-with-effect', 'repeats-dropped'].some((rule) =>
      this.without.has(rule as never),
    );
    // somebody else was here since the sequences were read
    if (isGuarded && before.sequence !== first - 1) throw new Overtaken(id);
    this.documents.set(id, facts.reduce(taken, before));
  }
}
