import { classIssues } from './class-issues';
import type { Kind } from './orders/member-kinds.spec-data';
import { membersOf, type Constructor } from './rules/member-registry';
import { validatorOfClass } from './validation';

export type Presence = 'required' | 'required or null' | 'optional' | 'optional or null';
/** What each member of a class takes. */
export type Rows = Readonly<Record<string, readonly [Kind, Presence]>>;
/** Classes, each with an object that is valid, its members, and the names of those that another spec is about. */
export type MemberTable = readonly (readonly [Constructor, object, Rows, elsewhere?: readonly string[]])[];

/** The law that every command class keeps, member by member. */
export function describeMembers(table: MemberTable): void {
  describe.each(
    table.map(([target, base, rows, elsewhere = []]) => ({
      name: target.name,
      target,
      base,
      rows,
      elsewhere,
    })),
  )('$name', ({ target, base, rows, elsewhere }) => {
    const isValid = validatorOfClass(target, 'refused');
    // both must say the same: the compiled schema clears, class-validator alone decides
    const faults = (value: object) => {
      const issues = isValid(value);
      expect(issues).toEqual(classIssues(target, value, 'refused', ['data']));
      return issues;
    };

    it('has exactly these members', () => {
      expect([...membersOf(target).keys()].toSorted()).toEqual(
        [...Object.keys(rows), ...elsewhere].toSorted(),
      );
      expect(faults(base)).toEqual([]);
    });

    it.each(Object.entries(rows))('%s', (name, [kind, presence]) => {
      for (const value of kind.good) expect(faults({ ...base, [name]: value })).toEqual([]);
      for (const value of kind.bad) {
        const at = faults({ ...base, [name]: value }).map(({ loc }) => loc.slice(0, 2));
        // an estimate is faulty as a whole when it ends before it begins
        expect(at).not.toEqual([]);
        expect(new Set(at.map(String))).toEqual(new Set([`data,${name}`]));
      }
      const { [name]: _, ...without } = base as Record<string, unknown>;
      expect(faults(without).map(({ msg }) => msg)).toEqual(
        presence.startsWith('required') ? ['is required'] : [],
      );
      expect(faults({ ...base, [name]: null }).length).toBe(presence.endsWith('or null') ? 0 : 1);
    });
  });
}
