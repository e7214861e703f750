import { headerText, type InputRecord } from '@waybill/messaging';
import { mongo } from 'mongoose';
import type { Evidence, KeptRecord } from './audit';
import type { ServiceClient } from './service-client';
import type { ServiceProcess, Servers } from './service-process';

interface Served {
  readonly id: string;
  readonly shop: string;
}

/** {@link evidenceOf} orders. */
export const ordersEvidence = (
  servers: Servers,
  client: ServiceClient,
  service: ServiceProcess,
  database?: string,
): Promise<Evidence> => evidenceOf(servers, client, service, database);

/**
 * Reads everything that a service has left behind: its topics to their ends, its collection, its HTTP answers. The
 * aggregates of `orders` lie in a collection of that name and are served under it; so do those of the others.
 */
export async function evidenceOf(
  servers: Servers,
  client: ServiceClient,
  service: ServiceProcess,
  database = client.name,
): Promise<Evidence> {
  const { events, reply, deadLetters } = client.topics;
  const [facts, replies, letters] = await Promise.all(
    [events, reply, deadLetters].map(async (topic) => (await client.heard.all(topic)).map(keptRecord)),
  );
  const all = new Map((facts ?? []).map((fact) => servedOf(fact)).map((one) => [one.id, one]));
  const served = new Map<string, unknown>();
  for (const { id, shop } of all.values()) {
    const answer = await service
      .get(`/v1/shops/${shop}/${client.name}/${id}`)
      .catch((error: unknown) => String(error));
    // Node's fetch makes objects of another realm than Jest's, and no deep comparison calls those equal
    served.set(id, JSON.parse(JSON.stringify(answer)));
  }
  return {
    facts: facts ?? [],
    replies: replies ?? [],
    deadLetters: letters ?? [],
    stored: await storedSequences(servers, database, client.name),
    served,
  };
}

function servedOf({ value }: KeptRecord): Served {
  const { subject, data } = JSON.parse(String(value)) as { subject: string; data: { shop_slug: string } };
  return { id: subject, shop: data.shop_slug };
}

async function storedSequences(
  { mongoUri }: Servers,
  database: string,
  collection: string,
): Promise<Map<string, number>> {
  const client = new mongo.MongoClient(mongoUri);
  try {
    const aggregates = client
      .db(database)
      .collection<{ _id: string; seq: number; state: object | null }>(collection);
    const all = await aggregates.find({}, { projection: { seq: 1, state: 1 } }).toArray();
    // a document without state remembers positions of an aggregate that does not exist
    return new Map(all.filter(({ state }) => state !== null).map(({ _id, seq }) => [_id, seq]));
  } finally {
    await client.close();
  }
}

function keptRecord({ partition, offset, key, value, headers }: InputRecord): KeptRecord {
  const texts = Object.keys(headers).map((name) => [name, headerText(headers, name) ?? '']);
  return { partition, offset, key: key?.toString() ?? null, value, headers: Object.fromEntries(texts) };
}
