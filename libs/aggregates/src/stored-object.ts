/** One object of a stored document. Every member is checked as it is read; a broken one throws with its path, never with its value. */
export class StoredObject {
  private constructor(
    private readonly members: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  static of(value: unknown, path: string): StoredObject {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(path, 'an object');
    return new StoredObject(value as Record<string, unknown>, path);
  }

  text(name: string): string {
    const value = this.members[name];
    if (typeof value !== 'string') throw this.broken(name, 'text');
    return value;
  }

  number(name: string): number {
    const value = this.members[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.broken(name, 'a number');
    return value;
  }

  whole(name: string): number {
    const value = this.number(name);
    if (!Number.isSafeInteger(value)) throw this.broken(name, 'a whole number');
    return value;
  }

  flag(name: string): boolean {
    const value = this.members[name];
    if (typeof value !== 'boolean') throw this.broken(name, 'true or false');
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = values.find((known) => known === this.members[name]);
    if (value === undefined) throw this.broken(name, `one of ${values.join(', ')}`);
    return value;
  }

  list<T>(name: string, read: (entry: unknown, path: string) => T): T[] {
    const value = this.opened(name);
    if (!Array.isArray(value)) throw this.broken(name, 'a list');
    return value.map((entry, i) => read(entry, `${this.path}.${name}.${i}`));
  }

  object(name: string): StoredObject {
    return StoredObject.of(this.opened(name), `${this.path}.${name}`);
  }

  /** An object or a list may be kept as its JSON text, see {@link jsonOf}. */
  private opened(name: string): unknown {
    const value = this.members[name];
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw this.broken(name, 'JSON');
    }
  }

  textOrNull(name: string): string | null {
    return this.isNull(name) ? null : this.text(name);
  }

  numberOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.number(name);
  }

  wholeOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.whole(name);
  }

  /** Null only where null was stored: a missing member is broken. */
  isNull(name: string): boolean {
    return this.members[name] === null;
  }

  broken(name: string, expected: string): Error {
    return broken(`${this.path}.${name}`, expected);
  }
}

/**
 * A part of a state that nobody searches in, as the one text that it is kept as: what a database does for a document grows
 * with the number of its members far more than with its bytes (docs/performance.md).
 */
export const jsonOf = (part: object): string => JSON.stringify(part);

export function storedText(value: unknown, path: string): string {
  if (typeof value !== 'string') throw broken(path, 'text');
  return value;
}

const broken = (path: string, expected: string) =>
  new Error(`stored document is broken: ${path} is not ${expected}`);
