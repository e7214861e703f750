import { InvalidArgumentError, Option } from 'commander';

/** A whole number above 0. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('must be a whole number above 0');
  return value;
}

/** An option that takes some of the names, with commas; all of them unless given. */
export function listOption(
  flags: string,
  what: string,
  all: readonly { readonly name: string; readonly about: string }[],
): Option {
  const names = all.map(({ name }) => name);
  return new Option(flags, `${what}, with commas: ${names.join(', ')}`)
    .default(names, 'all')
    .argParser((text) => {
      const wanted = text.split(',').map((name) => name.trim());
      const unknown = wanted.filter((name) => !names.includes(name));
      if (unknown.length > 0) throw new InvalidArgumentError(`there is no ${unknown.join(', ')}`);
      return wanted;
    });
}
