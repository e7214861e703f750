/**
 * Members of `T` that somebody uses: `true` is the value with all below it. An entry of a list is named as if it stood
 * alone: `{ shipments: { ordinal: true } }` is the ordinal of every entry.
 */
export type Members<T> =
  | true
  | (T extends readonly (infer Entry)[]
      ? Members<NonNullable<Entry>>
      : T extends object
        ? { readonly [Name in keyof T]?: Members<NonNullable<T[Name]>> }
        : true);

/** The same of any type. */
export type AnyMembers = true | { readonly [name: string]: AnyMembers };

/** `M`, where every name is one of a member of `T`: a name that does not exist does not compile. */
export type Existing<T, M> = M extends true
  ? true
  : T extends readonly (infer Entry)[]
    ? Existing<NonNullable<Entry>, M>
    : { readonly [Name in keyof M]: Name extends keyof T ? Existing<NonNullable<T[Name]>, M[Name]> : never };

/** What is left of `T` for somebody who sees the members `M` only. */
export type Used<T, M> = M extends true
  ? T
  : T extends readonly (infer Entry)[]
    ? readonly Used<Entry, M>[]
    : T extends object
      ? {
          readonly [Name in keyof T as Name extends keyof M ? Name : never]: Name extends keyof M
            ? Used<T[Name], M[Name]>
            : never;
        }
      : T;

/** The same where none of the named members may be left out: what a sender says that it sends, it sends. */
export type Complete<T, M> = M extends true
  ? T
  : T extends readonly (infer Entry)[]
    ? readonly Complete<Entry, M>[]
    : T extends object
      ? {
          readonly [Name in keyof T as Name extends keyof M ? Name : never]-?: Name extends keyof M
            ? Complete<Exclude<T[Name], undefined>, M[Name]>
            : never;
        }
      : T;

/** A copy with these members only, in the order of the original. What is no object stays as it is. */
export function only(members: AnyMembers, value: unknown): unknown {
  if (members === true || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => only(members, entry));
  const part: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const below = Object.hasOwn(members, name) ? members[name] : undefined;
    if (below !== undefined) part[name] = only(below, Reflect.get(value, name));
  }
  return part;
}

/** Whether what lies there is among these members, or holds some of them. Positions in lists do not count. */
export function touches(members: AnyMembers, place: readonly (string | number)[]): boolean {
  let below: AnyMembers | undefined = members;
  for (const step of place) {
    if (below === true || below === undefined) break;
    if (typeof step === 'string') below = Object.hasOwn(below, step) ? below[step] : undefined;
  }
  return below !== undefined;
}
