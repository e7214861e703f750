import { replyHeaders, type LoadRecord } from './load-record';
import type { LoadWorld } from './load-world';
import { orderInput, trackingOf } from './order-input';
import { saidBy } from './said';

const wrongShare = 0.1;

/** A list of upserts of one shop, some of them wrong; each is a command of its own. */
export function bulkRecord(world: LoadWorld): LoadRecord {
  const { random } = world;
  const shop = world.shop();
  const id = world.unique();
  const asks = random.chance(0.6);
  const chosen = Array.from({ length: random.int(2, 6) }, () => ({
    order: world.order((one) => one.shop === shop && one.isKept),
    isWrong: random.chance(wrongShare),
  }));
  const items = chosen.map(({ order, isWrong }) => ({
    id: order.number,
    order: { ...orderInput(world, order), ...(isWrong ? { currency: 'XXQ' } : {}) },
    trackings: [trackingOf(world, order)],
  }));
  const type = 'orders.bulk-fulfil-orders.v1';
  return {
    service: 'orders',
    key: shop,
    value: JSON.stringify({
      specversion: '1.0',
      id,
      source: 'storm',
      type,
      data: { shop_slug: shop, items },
    }),
    headers: asks ? replyHeaders('orders', id) : {},
    commands: items.map((item, i) => ({
      id: `${id}/${i}`,
      service: 'orders',
      asks,
      ...saidBy(item),
      must: chosen[i]?.isWrong ? 'be refused' : 'change',
    })),
  };
}
