import { isDeepStrictEqual } from 'node:util';

/** Aggregates that an HTTP door shows in another way than their last fact does, one sentence each. */
export function snapshotDifferences(
  noun: string,
  published: ReadonlyMap<string, object>,
  read: ReadonlyMap<string, object>,
): string[] {
  return [...published].flatMap(([name, fact]) => {
    const shown = read.get(name);
    // one that is missing in either place is found by the figures
    if (!shown || isDeepStrictEqual(fact, shown)) return [];
    const members = Object.keys({ ...fact, ...shown }).filter((member) => !isSame(fact, shown, member));
    return members.length === 0
      ? []
      : [`${noun} ${name}: ${members.join(', ')} over HTTP is not what its last fact says`];
  });
}

function isSame(fact: object, shown: object, member: string): boolean {
  const [a, b] = [Reflect.get(fact, member) as unknown, Reflect.get(shown, member) as unknown];
  // long after the end of its way a parcel is archived, which only readers over HTTP are told
  return isDeepStrictEqual(a, b) || (member === 'state' && b === 'archived');
}
