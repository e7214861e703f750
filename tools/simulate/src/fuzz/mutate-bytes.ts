import type { Random } from '@waybill/aggregates/simulated';

/** Pieces of JSON and of the names that a decoder looks at. */
const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '\\',
  '\\u0000',
  '1e999',
  '"__proto__":',
  '/*',
  '\ufeff',
  'null',
];

export const randomBytes = (random: Random, most: number): Buffer =>
  Buffer.from(Array.from({ length: random.below(most + 1) }, () => random.below(256)));

/** Some changes of a kind that a disk, a network or a text editor makes. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let result = bytes;
  for (let changes = 1 + random.below(4); changes > 0; changes--) result = changed(result, random);
  return result;
}

function changed(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const length = random.below(16);
  const before = bytes.subarray(0, at);
  switch (random.below(5)) {
    case 0:
      return Buffer.concat([before, bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([before, randomBytes(random, 8), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([before, Buffer.from(random.pick(pieces)), bytes.subarray(at)]);
    case 3:
      return Buffer.from(before);
    default: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return flipped;
    }
  }
}
