import { type InputRecord, readDeadLetter } from '@waybill/messaging';
import { commandIds, commandOf, type Evidence, type FactText } from './oracle';
import type { SampleState } from './sample-aggregate';
import { topics } from './topics';
import type { World } from './world';

/** A scan whose number was attached had its effect; any other one is still kept. */
export function checkKept(world: World, { effects }: Evidence, found: string[]): void {
  const attached = new Map(
    [...world.store.documents.values()].map(({ state }) => {
      const { number = null, kind = null } = (state as SampleState | null) ?? {};
      return [number, kind];
    }),
  );
  for (const id of commandIds(world)) {
    const { type, data } = commandOf(world, id);
    if (type !== 'samples.scan.v1') continue;
    const { number, kind = 'k' } = data as { number: string; kind?: string };
    const kept = world.kept.kept.get(`${number}/${id}`);
    const isKept = kept !== undefined && !kept.isTold;
    const isTaken = attached.get(number) === kind;
    // who took it may be somebody else by now
    const mayBeApplied = isTaken || 'kind' in data;
    if (!isKept && !(mayBeApplied && effects.has(id)))
      found.push(`the scan ${id} is neither applied nor kept`);
    if (isTaken && isKept) found.push(`the scan ${id} is stranded although ${number} is attached`);
    // one that is routed again after its taker has changed its kind is kept beside its effect until it ends
    if (isKept && effects.has(id) && !world.plan.weather.labels)
      found.push(`the scan ${id} is kept although it was applied`);
  }
}

/** A scan of which an operator was told that nobody has its number must not have been applied until then. */
export function checkExpired(world: World, letters: readonly InputRecord[]): string[] {
  const applied = new Set(
    world.log.all(topics.events).map(({ value }) => (JSON.parse(String(value)) as FactText).causationid),
  );
  return letters.flatMap((letter) => {
    const { kind, record } = readDeadLetter(letter);
    const { id, type } = JSON.parse(String(record.value)) as { id: string; type: string };
    const isEnd = kind === 'refused' && type === 'samples.scan.v1';
    return isEnd && applied.has(id) ? [`the scan ${id} was told to have ended, and was applied`] : [];
  });
}
