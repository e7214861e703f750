import { isDeepStrictEqual } from 'node:util';
import type { OrderSnapshot } from './order-figure';

/** Orders that the HTTP door shows in another way than their last fact does, one sentence each. */
export function snapshotDifferences(
  published: ReadonlyMap<string, OrderSnapshot | undefined>,
  read: ReadonlyMap<string, OrderSnapshot | undefined>,
): string[] {
  return [...published].flatMap(([number, fact]) => {
    const shown = read.get(number);
    // one that is missing in either place is found by the figures
    if (!fact || !shown || isDeepStrictEqual(fact, shown)) return [];
    const members = Object.keys({ ...fact, ...shown }).filter(
      (name) => !isDeepStrictEqual(Reflect.get(fact, name), Reflect.get(shown, name)),
    );
    return [`order ${number}: ${members.join(', ')} over HTTP is not what its last fact says`];
  });
}
