import type { Misfit } from './value-fit';

/** What is the matter with a member, for somebody who reads it. `when`: now, or with what is deployed. */
export function toReader({ kind, produced, consumed }: Misfit, when: string): string {
  switch (kind) {
    case 'missing':
      return `which is not there ${when}`;
    case 'optional':
      return `which may be absent ${when}`;
    case 'values':
      return `which may be ${produced} ${when}; what it knows: ${consumed}`;
    case 'unknown':
    case 'rule':
      return `which may be otherwise ${when}`;
    case 'type':
    case 'bound':
    case 'form':
      return `which may be ${produced} ${when}; what it takes: ${consumed}`;
  }
}

/** The same for somebody who sends it. */
export function toSender({ kind, produced, consumed }: Misfit, when: string): string {
  switch (kind) {
    case 'missing':
    case 'optional':
      return `which is required ${when}`;
    case 'unknown':
      return `which is refused ${when}`;
    case 'values':
      return `where ${produced} is refused ${when}; allowed: ${consumed}`;
    case 'rule':
      return `for which there is another rule ${when}`;
    case 'type':
    case 'bound':
    case 'form':
      return `which is ${produced}; allowed ${when}: ${consumed}`;
  }
}

/** What somebody does who is at odds over a member: not the same where it is missing. */
export function doing(
  kind: Misfit['kind'],
  verbs: readonly [no: string, maybe: string, yes: string],
): string {
  const [no, maybe, yes] = verbs;
  return kind === 'missing' ? no : kind === 'optional' ? maybe : yes;
}
