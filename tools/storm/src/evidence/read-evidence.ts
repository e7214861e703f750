import type { Servers } from '@waybill/testing';
import type { Fleet } from '../system/fleet';
import { type Owner, owners, retryDelays } from '../system/service-names';
import type { Evidence, ServiceEvidence } from './evidence';
import { readDatabases } from './read-databases';
import { readReports, readServed } from './read-http';
import { readTopics } from './read-topics';

const topicsOf = (owner: Owner) => ({
  commands: `${owner}.commands`,
  facts: `${owner}.events`,
  replies: `${owner}.commands.reply`,
  deadLetters: `${owner}.dead-letters`,
  retries: retryDelays.map((delay) => `${owner}.retry.${delay}`),
});

/** Reads everything that is there when all has settled. `pending` is what has not. */
export async function readEvidence(
  { brokers, mongoUri }: Servers,
  fleet: Fleet,
  pending: readonly string[],
): Promise<Evidence> {
  const names = owners.flatMap((owner) => Object.values(topicsOf(owner)).flat());
  const topics = await readTopics(brokers, names);
  const { stored, kept, copies } = await readDatabases(mongoUri);
  const of = (topic: string) => topics.get(topic) ?? [];
  const evidenceOf = async (owner: Owner): Promise<ServiceEvidence> => {
    const { commands, facts, replies, deadLetters, retries } = topicsOf(owner);
    const [first] = fleet.readyOf(owner);
    if (!first) throw new Error(`no process of ${owner} is there to be asked`);
    return {
      commands: of(commands),
      facts: of(facts),
      replies: of(replies),
      deadLetters: of(deadLetters),
      retried: retries.flatMap(of),
      stored: stored[owner],
      kept: kept[owner],
      served: await readServed(first.process, owner, of(facts)),
    };
  };
  const services = {
    orders: await evidenceOf('orders'),
    shipments: await evidenceOf('shipments'),
    claims: await evidenceOf('claims'),
  };
  const shops = new Set(
    services.orders.facts.map(
      ({ value }) => (JSON.parse(String(value)) as { data: { shop_slug: string } }).data.shop_slug,
    ),
  );
  const reports = await readReports(fleet.readyOf('analytics'), [...shops]);
  return { services, copies, reports, pending };
}
