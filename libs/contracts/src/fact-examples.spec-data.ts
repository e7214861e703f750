import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classIssues } from './class-issues';
import { contractOf } from './contracts';
import type { MessageContract } from './message-contract';
import { membersOf, type Constructor } from './rules/member-registry';
import { validatorOf, validatorOfClass } from './validation';

const folder = join(__dirname, '../../../docs/examples');

/** One fact as it was seen on a topic, or one made of it. */
export interface FactSample {
  readonly type: string;
  readonly contract: MessageContract;
  readonly data: object;
}

/** The facts among the published examples of a service. */
export const factExamples = (service: string): FactSample[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${service}.`))
    .flatMap(
      (file) =>
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as { payload: { type: string; data: object } }[],
    )
    .flatMap(({ payload: { type, data } }) => {
      const contract = contractOf(type);
      return contract?.kind === 'fact' ? [{ type, contract, data }] : [];
    });

/** A copy of `data` that `change` has changed at one place. */
export function changed(
  data: object,
  at: readonly (string | number)[],
  change: (owner: object, name: string) => void,
): object {
  const copy = structuredClone(data);
  const owner = at.slice(0, -1).reduce<object>((node, step) => Reflect.get(node, step) as object, copy);
  change(owner, String(at.at(-1)));
  return copy;
}

interface Place {
  readonly at: readonly (string | number)[];
  readonly owner: Constructor;
  readonly name: string;
  readonly optional: boolean;
}

/** Every member of every object of a contract class in `value`, the last entry of each list. */
export function placesOf(target: Constructor, value: object, at: readonly (string | number)[] = []): Place[] {
  return [...membersOf(target).values()].flatMap(({ name, nested, list, optional }) => {
    const content: unknown = Reflect.get(value, name);
    const own: Place = { at: [...at, name], owner: target, name, optional };
    const last = Array.isArray(content) ? content.length - 1 : 0;
    const inner: unknown = list && Array.isArray(content) ? content[last] : content;
    if (!nested || typeof inner !== 'object' || inner === null) return [own];
    return [own, ...placesOf(nested(), inner, list ? [...own.at, last] : own.at)];
  });
}

/** Tests of the law that every fact keeps with its readers; `isWalked` chooses the places that are tried. */
export function testReading(
  samples: readonly FactSample[],
  isWalked: (sample: FactSample, place: Place) => boolean,
): void {
  it.each(samples)('$type is valid, a reader tolerates a new member anywhere, and nothing else', (sample) => {
    const { contract, data } = sample;
    const read = validatorOf(contract);
    const strict = validatorOfClass(contract.payload, 'refused');
    expect(strict(data)).toEqual([]);
    for (const { at, optional } of placesOf(contract.payload, data).filter((place) =>
      isWalked(sample, place),
    )) {
      const grown = changed(data, at, (owner) => Reflect.set(owner, 'new_member', 1));
      expect(read(grown)).toEqual([]);
      expect(strict(grown).map((issue) => issue.type)).toEqual(['whitelist']);

      const field = at.join('.');
      const without = changed(data, at, (owner, name) => Reflect.deleteProperty(owner, name));
      expect(read(without)).toEqual(
        optional ? [] : [{ loc: ['data', ...at], field, msg: 'is required', type: 'isDefined' }],
      );
      const wrong = changed(data, at, (owner, name) =>
        Reflect.set(owner, name, unfit(Reflect.get(owner, name))),
      );
      expect(read(wrong).map((issue) => issue.field)).toEqual([field]);
      expect(read(wrong)).toEqual(classIssues(contract.payload, wrong, 'tolerated', ['data']));
    }
  });
}

/** A value that does not fit where this one does: no member of a fact is both boolean and text. NaN fits nowhere. */
const unfit = (value: unknown) =>
  value === undefined ? Number.NaN : typeof value === 'boolean' ? 'true' : true;
