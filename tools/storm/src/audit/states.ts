import { isDeepStrictEqual } from 'node:util';
import type { ServiceEvidence } from '../evidence/evidence';
import type { Facts } from './facts';
import type { Verdict } from './verdict';

/** What a service's facts call its aggregate. */
const members = { orders: 'order', shipments: 'shipment', claims: 'claim' } as const;

/** Checks that what is stored and what is served is what the last fact says. */
export function checkStates(
  service: keyof typeof members,
  { stored, served }: Pick<ServiceEvidence, 'stored' | 'served'>,
  facts: Facts,
  verdict: Verdict,
): void {
  const sequences = new Map(stored.map(({ id, sequence }) => [id, sequence]));
  for (const { id, sequence } of stored)
    if (!facts.has(id)) verdict.say('lost', `${service} ${id} is stored at ${sequence} and has no facts`);
  for (const [id, own] of facts) {
    const last = own.at(-1);
    if (!last) continue;
    if (sequences.get(id) !== last.sequence)
      verdict.say(
        'lost',
        `${service} ${id} is stored at ${sequences.get(id)} and has ${last.sequence} facts`,
      );
    const expected = asServed(service, last.data[members[service]]);
    if (!isDeepStrictEqual(asServed(service, served.get(id)), expected))
      verdict.say('wrong', `${service} ${id} is served otherwise than its last fact says`);
  }
}

type Members = Readonly<Record<string, unknown>>;

/** A deleted claim is not served; `archived` is a word of reads alone (domain 3.1). */
function asServed(service: keyof typeof members, snapshot: unknown): unknown {
  if (snapshot === null || snapshot === undefined) return null;
  const { deleted_at: deletedAt, state: _state, ...rest } = snapshot as Members;
  if (service === 'claims') return deletedAt === null ? rest : null;
  return service === 'shipments' ? rest : snapshot;
}
