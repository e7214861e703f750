import { type InputRecord, readDeadLetter } from '@waybill/messaging';
import { commandIds, commandOf, type Evidence, type FactText } from './oracle';
import type { SampleState } from './sample-aggregate';
import { topics } from './topics';
import type { World } from './world';

/** A scan whose number was attached had its effect; any other one is still kept. */
export function checkKept(world: World, { effects }: Evidence, found: string[]): void {
  const attached = new Set(
    [...world.store.documents.values()].map(({ state }) => (state as SampleState | null)?.number),
  );
  for (const id of commandIds(world)) {
    const { type, data } = commandOf(world, id);
    if (type !== 'samples.scan.v1') continue;
    const { number } = data as { number: string };
    const kept = world.kept.kept.get(`${number}/${id}`);
    const isKept = kept !== undefined && !kept.isTold;
    if (attached.has(number) ? !effects.has(id) : !isKept)
      found.push(`the scan ${id} is neither applied nor kept`);
    if (attached.has(number) && isKept)
      found.push(`the scan ${id} is stranded although ${number} is attached`);
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
