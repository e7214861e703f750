import type { Evidence } from '../evidence/evidence';
import { type Owner, owners } from '../system/service-names';
import { checkCommand } from './answers';
import { checkCauses } from './causes';
import { checkCopies } from './copies';
import { effectsOf } from './effects';
import { checkEvolution, checkHistories } from './evolution';
import { type Facts, readFacts } from './facts';
import { checkReactions } from './reactions';
import { checkReports } from './reports';
import { checkScans } from './scans';
import type { Sent } from './sent';
import { checkSequence } from './sequence';
import { checkStates } from './states';
import { Verdict } from './verdict';

export interface Audited {
  readonly verdict: Verdict;
  readonly commands: number;
  readonly facts: number;
}

/**
 * Checks what the services have left behind against what was sent and acknowledged, from the messages alone: it shares no
 * code with them.
 */
export function audit(sent: readonly Sent[], { services, copies, reports, pending }: Evidence): Audited {
  const verdict = new Verdict();
  const factsOf = (owner: Owner): Facts => readFacts(services[owner].facts, verdict);
  const facts = { orders: factsOf('orders'), shipments: factsOf('shipments'), claims: factsOf('claims') };
  const ids = new Set(sent.map(({ id }) => id));
  for (const owner of owners) {
    const effects = effectsOf(services[owner], facts[owner], verdict);
    const own = sent.filter(({ service }) => service === owner);
    const nothing = { copies: 0, facts: [], replies: new Map(), letters: new Map() };
    for (const one of own) checkCommand(one, effects.get(one.id) ?? nothing, verdict);
    checkCauses((id) => ids.has(id), effects, [facts.orders, facts.shipments], verdict);
    checkStates(owner, services[owner], facts[owner], verdict);
    if (owner === 'shipments') checkScans(own, effects, services.shipments.kept, facts.shipments, verdict);
  }
  checkSequence(services.orders.commands, facts.orders, verdict);
  checkEvolution('order', facts.orders, verdict);
  checkEvolution('claim', facts.claims, verdict);
  checkHistories(facts.shipments, verdict);
  checkReactions(facts.orders, facts.shipments, verdict);
  checkCopies(copies, facts, verdict);
  checkReports(reports, facts.orders, facts.claims, verdict);
  for (const place of pending) verdict.say('lost', `still waiting when all should have settled: ${place}`);
  const all = Object.values(facts).flatMap((one) => [...one.values()].flat());
  return { verdict, commands: sent.length, facts: all.length };
}
