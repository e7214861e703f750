import { validateSync, type ValidationError } from 'class-validator';
import type { Issue } from '@waybill/decider';
import { reportedIssues } from './limits';
import { isWhole } from './rules/decorators';
import { membersOf, type Constructor, type Member } from './rules/member-registry';
import { isPlainObject, object } from './rules/rule';

/** Where a value lies: `data`, `body`, `query` or `path`, then members and list positions. */
export type Loc = readonly (string | number)[];

/** What is done about members that the class does not have. */
export type UnknownMembers = 'refused' | 'tolerated';

const issue = (loc: Loc, msg: string, type: string): Issue => ({
  loc,
  field: loc.slice(1).join('.'),
  msg,
  type,
});

/** What class-validator alone says of a value, at most {@link reportedIssues}. */
export const classIssues = (...question: Parameters<typeof allClassIssues>): Issue[] =>
  allClassIssues(...question).slice(0, reportedIssues);

/** The same, however much it is. */
export function allClassIssues(
  target: Constructor,
  value: unknown,
  unknownMembers: UnknownMembers,
  at: Loc,
): Issue[] {
  if (!isPlainObject(value)) return [issue(at, object.msg, 'isObject')];
  const unknown: Issue[] = [];
  const instance = toInstance(target, value, at, unknown);
  const faulty = issuesOf(validateSync(instance, { stopAtFirstError: true }), at);
  return [...(unknownMembers === 'refused' ? unknown : []), ...faulty];
}

// class-transformer drops members named `constructor` and `__proto__` and follows unknown ones to any depth; this does neither
function toInstance(target: Constructor, data: object, at: Loc, unknown: Issue[]): object {
  const members = membersOf(target);
  const instance = new target();
  for (const name of Object.keys(data)) {
    const member = members.get(name);
    if (member)
      Reflect.set(instance, name, memberValue(member, Reflect.get(data, name), [...at, name], unknown));
    else if (unknown.length < reportedIssues) {
      unknown.push(issue([...at, shownName(name)], 'is not a known member', 'whitelist'));
    }
  }
  return instance;
}

function memberValue(member: Member, value: unknown, at: Loc, unknown: Issue[]): unknown {
  const { nested, list, separate } = member;
  if (!nested || separate) return value;
  if (!list) return isPlainObject(value) ? toInstance(nested(), value, at, unknown) : value;
  // a list that is too long is refused as a whole, whatever is in it
  if (!Array.isArray(value) || value.length > list.max) return value;
  return value.map((entry: unknown, index) =>
    // class-validator would look through a list inside the list; false is refused
    isPlainObject(entry) ? toInstance(nested(), entry, [...at, index], unknown) : false,
  );
}

// a name may be as long as a message and hold anything, and it ends up in logs
const shownName = (name: string) => (/^[\w.-]{1,64}$/.test(name) ? name : '(unreadable)');

function issuesOf(errors: readonly ValidationError[], at: Loc): Issue[] {
  return errors.flatMap((error) => {
    const loc = isWhole(error.property) ? at : [...at, position(error)];
    const [type, msg] = Object.entries(error.constraints ?? {})[0] ?? [];
    const own = type === undefined || msg === undefined ? [] : located(error, issue(loc, msg, type));
    return [...own, ...issuesOf(error.children ?? [], loc)];
  });
}

const position = ({ target, property }: ValidationError) =>
  Array.isArray(target) ? Number(property) : property;

/** class-validator says that some entry of a list of plain values is faulty, not which one. */
function located(error: ValidationError, found: Issue): Issue[] {
  const { entries } = membersOf(error.target?.constructor ?? Object).get(error.property) ?? {};
  if (!Array.isArray(error.value) || !entries?.checks.some(({ type }) => type === found.type)) return [found];
  return error.value.flatMap((entry: unknown, index) => {
    const broken = entries.checks.find((check) => !check.holds(entry, {}));
    return broken ? [issue([...found.loc, index], entries.msg, broken.type)] : [];
  });
}
