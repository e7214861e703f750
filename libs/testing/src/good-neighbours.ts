import { orderId } from '@waybill/contracts';
import { command, type OrdersClient, recordOf } from './orders-client';
import { type CommandRecord, partitionOf, type Place, type Reply } from './service-client';

type Neighbour = Omit<CommandRecord, 'partition'>;

/** What became of two good commands and where the records between them lie. */
export interface Sandwich {
  readonly before: Reply;
  readonly after: Reply;
  readonly places: readonly Place[];
}

const shop = 'good-neighbours';
let count = 0;

/** What a good command before and a good one after others are answered. */
export const wellDone = {
  before: { outcome: 'accepted', sequence: 1 },
  after: { outcome: 'accepted', sequence: 2 },
};

/**
 * Writes records between two good commands on one order, all into one partition and, where they fit, into one batch;
 * waits until both are answered. The second could not be accepted without the first.
 */
export async function putBetweenGoodOnes(
  client: OrdersClient,
  records: readonly Neighbour[],
): Promise<Sandwich> {
  const number = `good-${count++}`;
  const partition = partitionOf(`${shop}/${number}`);
  const place = command('place-order', {
    shop_slug: shop,
    order: { order_number: number, address: { zip_code: '12345' } },
  });
  const update = command('update-order', { shop_slug: shop, id: number, expected_number_of_shipments: 2 });
  const asking = [client.asking(), client.asking()] as const;
  const places = await client.put([
    recordOf(place, { headers: asking[0].headers }),
    ...records.map((record) => ({ ...record, partition })),
    recordOf(update, { headers: asking[1].headers }),
  ]);
  const [before, after] = await Promise.all(asking.map(async (one) => (await one.replies())[0]));
  if (before?.aggregate_id !== orderId(shop, number) || !after)
    throw new Error('the good ones were not answered');
  return { before, after, places: places.slice(1, -1) };
}
