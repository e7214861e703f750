import type { Rule } from './rule';

export type Constructor<T extends object = object> = new () => T;

/** All that is known of one member of a contract class beside its validators. */
export interface Member {
  readonly name: string;
  rule?: Rule;
  /** May be absent. */
  optional: boolean;
  /** May be null. */
  nullable: boolean;
  /** Class of the value, or of each entry where `list` is set. */
  nested?: () => Constructor;
  /** Rule of each entry of a list of plain values. */
  entries?: Rule;
  /** Bounds of the number of entries. */
  list?: { readonly min: number; readonly max: number };
  /** The entries are described by `nested` but only checked to be objects: each is validated on its own later. */
  separate?: boolean;
}

const membersByClass = new Map<Function, Map<string, Member>>();
const wholesByClass = new Map<Function, Rule[]>();

const lineage = (target: Function): Function[] => {
  const parent: unknown = Object.getPrototypeOf(target);
  return typeof parent === 'function' && parent.prototype ? [...lineage(parent), target] : [target];
};

/** The entry of one member, made on the first call: the decorators of a member fill in their parts one after the other. */
export function memberEntry(target: Function, name: string): Member {
  const members = membersByClass.get(target) ?? new Map<string, Member>();
  membersByClass.set(target, members);
  const member = members.get(name) ?? { name, optional: false, nullable: false };
  members.set(name, member);
  return member;
}

/** Members of a contract class, inherited ones first, in the order of the source. */
export function membersOf(target: Function): ReadonlyMap<string, Member> {
  return new Map(lineage(target).flatMap((step) => [...(membersByClass.get(step) ?? [])]));
}

export function addWhole(target: Function, rule: Rule): void {
  wholesByClass.set(target, [...(wholesByClass.get(target) ?? []), rule]);
}

/** Rules that look at an object of the class as a whole. */
export function wholesOf(target: Function): readonly Rule[] {
  return lineage(target).flatMap((step) => wholesByClass.get(step) ?? []);
}
