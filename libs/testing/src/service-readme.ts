import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of an OpenAPI document as a README is compared with. */
type Paths = Readonly<
  Record<
    string,
    { readonly get?: { readonly parameters?: readonly (object | { in: string; name: string })[] } }
  >
>;
type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** What stands between backticks. */
export const quoted = (text = ''): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);

/** The README of a service, as its spec compares it with the code. The order in which things are shown is free. */
export class ServiceReadme {
  /** Cells of the rows of all its tables. */
  readonly rows: readonly (readonly string[])[];

  /** @param folder where the README.md is */
  constructor(folder: string) {
    this.rows = readFileSync(join(folder, 'README.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  }

  /** Reads of the tables, by path, with what the row quotes beside: its parameters. */
  get reads(): Reads {
    return new Map(
      this.rows.flatMap(([cell, about]): [string, Set<string>][] => {
        const [path] = quoted(cell).filter((text) => text.startsWith('GET /v1/'));
        const names = quoted(about).filter((name) => !name.endsWith('_not_found'));
        return path ? [[path.replace('GET ', ''), new Set(names)]] : [];
      }),
    );
  }

  /** Variables of the environment, sorted. */
  get variables(): string[] {
    return this.rows
      .flatMap(([cell]) => quoted(cell))
      .filter((name) => /^[A-Z_]{4,}$/.test(name))
      .toSorted();
  }
}

/** Reads of the API by path, with the names of their query parameters. */
export const readsOf = (paths: Paths): Reads =>
  new Map(
    Object.entries(paths)
      .filter(([path]) => path.startsWith('/v1/'))
      .map(([path, { get }]) => [
        path,
        new Set(
          (get?.parameters ?? []).flatMap((one) => ('in' in one && one.in === 'query' ? [one.name] : [])),
        ),
      ]),
  );

/** The variables that `read` asks for, sorted; all of them are missing. */
export function variablesAskedBy(
  read: (env: Readonly<Record<string, string | undefined>>) => unknown,
): string[] {
  const asked = new Set<string>();
  const get = (_: object, name: string | symbol) => void asked.add(String(name));
  const env = new Proxy<Record<string, string | undefined>>({}, { get });
  try {
    read(env);
  } catch {
    // it says what is missing, and that is everything
  }
  return [...asked].toSorted();
}
