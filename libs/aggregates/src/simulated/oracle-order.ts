import { commandOf, type Evidence } from './oracle';
import type { SentCommand, World } from './world';

interface Sent {
  /** Those of one lane keep their order among themselves: of one partition, and either all at home or all handed on. */
  readonly lane: string;
  readonly position: number;
}

/** Commands under their canonical key take effect in the order of their offsets, and so do those that were handed on. */
export function checkOrder(world: World, { facts }: Evidence, found: string[]): void {
  const sent = sentCommands(world);
  for (const [aggregate, list] of facts) {
    const last = new Map<string, { id: string; position: number }>();
    for (const { causationid: id } of list) {
      const one = sent.get(id);
      if (!one) continue;
      const before = last.get(one.lane);
      if (before && before.position > one.position)
        found.push(`${aggregate}: ${id} was sent before ${before.id} and took effect after it`);
      last.set(one.lane, { id, position: one.position });
    }
  }
}

function sentCommands(world: World): ReadonlyMap<string, Sent> {
  const sent = new Map<string, Sent>();
  for (const { id, partition, offset, key, copy, isSilent } of world.records) {
    // of two records either may have been the one, and the refusal of a silent one may be sent back
    if (copy > 1) sent.delete(id);
    if (copy > 1 || isSilent) continue;
    const items = world.sent.get(id)?.data['items'] as unknown[] | undefined;
    const ids = items ? items.map((_, i) => `${id}/${i}`) : [id];
    ids.forEach((one, item) => {
      const command = commandOf(world, one);
      if (mayBeLate(command, world)) return;
      const isHome = !items && key === command.data['target'];
      sent.set(one, { lane: `${partition} ${isHome}`, position: offset + item / 1000 });
    });
  }
  return sent;
}

/** What waits for a reference or for its place, and what an operator sends back, may be overtaken. */
const mayBeLate = (
  { type, data }: Pick<SentCommand, 'type' | 'data'>,
  { plan: { weather } }: World,
): boolean =>
  'ref' in data ||
  // what is parked comes back in its order
  ('poison' in data && !weather.parks) ||
  type === 'samples.scan.v1';
