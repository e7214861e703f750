import { headerText, type InputRecord } from '@waybill/messaging';
import { mongo } from 'mongoose';
import type { Evidence, KeptRecord } from './audit';
import type { OrdersClient } from './orders-client';
import type { OrdersService, Servers } from './orders-service';

interface Served {
  readonly id: string;
  readonly shop: string;
}

/** Reads everything that the orders service has left behind: its topics to their ends, its collection, its HTTP answers. */
export async function ordersEvidence(
  servers: Servers,
  client: OrdersClient,
  service: OrdersService,
  database = 'orders',
): Promise<Evidence> {
  const { events, reply, deadLetters } = client.topics;
  const [facts, replies, letters] = await Promise.all(
    [events, reply, deadLetters].map(async (topic) => (await client.heard.all(topic)).map(keptRecord)),
  );
  const orders = new Map((facts ?? []).map((fact) => servedOf(fact)).map((order) => [order.id, order]));
  const served = new Map<string, unknown>();
  for (const { id, shop } of orders.values()) {
    const order = await service
      .get(`/v1/shops/${shop}/orders/${id}`)
      .catch((error: unknown) => String(error));
    // Node's fetch makes objects of another realm than Jest's, and no deep comparison calls those equal
    served.set(id, JSON.parse(JSON.stringify(order)));
  }
  return {
    facts: facts ?? [],
    replies: replies ?? [],
    deadLetters: letters ?? [],
    stored: await storedSequences(servers, database),
    served,
  };
}

function servedOf({ value }: KeptRecord): Served {
  const { subject, data } = JSON.parse(String(value)) as { subject: string; data: { shop_slug: string } };
  return { id: subject, shop: data.shop_slug };
}

async function storedSequences({ mongoUri }: Servers, database: string): Promise<Map<string, number>> {
  const client = new mongo.MongoClient(mongoUri);
  try {
    const orders = client
      .db(database)
      .collection<{ _id: string; seq: number; state: object | null }>('orders');
    const all = await orders.find({}, { projection: { seq: 1, state: 1 } }).toArray();
    // a document without state remembers positions of an order that does not exist
    return new Map(all.filter(({ state }) => state !== null).map(({ _id, seq }) => [_id, seq]));
  } finally {
    await client.close();
  }
}

function keptRecord({ partition, offset, key, value, headers }: InputRecord): KeptRecord {
  const texts = Object.keys(headers).map((name) => [name, headerText(headers, name) ?? '']);
  return { partition, offset, key: key?.toString() ?? null, value, headers: Object.fromEntries(texts) };
}
