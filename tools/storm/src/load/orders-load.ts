import { orderInput, trackingOf } from './order-input';
import type { Draft } from './load-record';
import { canonicalKey, type LoadOrder, type LoadWorld, parcelOf } from './load-world';

const kinds = {
  upsert: 22,
  place: 6,
  change: 18,
  parcel: 6,
  analytics: 8,
  byExternalId: 10,
  contended: 8,
  invalid: 8,
  cancel: 10,
} as const;

/** One command to orders, of those that take one order. */
export function orderDraft(world: LoadWorld): Draft {
  const order = world.order();
  const kind = order.isPlaced
    ? world.random.weighted(kinds)
    : world.random.pick(['upsert', 'place'] as const);
  const draft = order.isKept && kind === 'cancel' ? change(world, order) : draftOf(world, order, kind);
  if (!world.random.chance(0.15)) return sure(order, draft);
  return { ...draft, key: `somebody's key ${world.random.int(1, 40)}`, known: refusedOnly(draft) };
}

function draftOf(world: LoadWorld, order: LoadOrder, kind: keyof typeof kinds): Draft {
  const { random } = world;
  switch (kind) {
    case 'upsert': {
      const trackings = random.chance(0.4) ? [trackingOf(world, order)] : [];
      return draft(order, 'upsert-order', { order: orderInput(world, order), trackings }, 'change');
    }
    case 'place':
      return {
        ...draft(order, 'place-order', {}),
        data: { shop_slug: order.shop, order: orderInput(world, order) },
      };
    case 'change':
      return change(world, order);
    case 'parcel':
      return draft(order, 'update-shipment', {
        shipment_id: parcelOf(order, 1),
        tracking_url: `https://carrier.example.com/${world.unique()}`,
      });
    case 'analytics':
      return draft(
        order,
        'upsert-order-analytics',
        {
          order_analytics: {
            n: world.unique(),
            ...(random.chance(0.5)
              ? { campaign: random.pick(['spring', 'summer']) }
              : { campaign_code: 'REF' }),
            ...(random.chance(0.5) ? { source: random.pick(['newsletter', 'search']), medium: 'email' } : {}),
          },
        },
        'change',
      );
    case 'byExternalId': {
      const isKnown = random.chance(0.7);
      const id = isKnown ? `ext-${order.number}` : `nobody-${world.unique()}`;
      const data = { id, id_type: 'external_id', address: { city: world.unique() } };
      return draft(order, 'update-order', data, isKnown ? undefined : 'be refused');
    }
    case 'contended':
      return contended(world, order);
    case 'invalid':
      return draft(order, 'update-order', random.pick(wrong), 'be refused');
    case 'cancel':
      return draft(order, 'cancel-order', { reason: world.unique() });
  }
}

function change(world: LoadWorld, order: LoadOrder): Draft {
  const expected = world.random.chance(0.3) ? { expected_number_of_shipments: world.random.int(1, 4) } : {};
  return draft(order, 'update-order', { address: { city: world.unique() }, ...expected }, 'change');
}

/** Orders of one shop want the same external id and the same parcels; only one can have each. */
function contended(world: LoadWorld, order: LoadOrder): Draft {
  const n = world.random.int(1, 8);
  if (world.random.chance(0.5))
    return draft(order, 'upsert-order', { order: { external_id: `wanted-${n}` } });
  return draft(order, 'upsert-order', {
    trackings: [{ tracking_number: `WANTED${n}`, carrier_reference: 'dhl' }],
  });
}

const wrong = [
  { address: { zip_code: '!!' } },
  { address: { city: 'Berlin' }, misspelt: true },
  { expected_number_of_shipments: 0 },
  {},
];

const draft = (order: LoadOrder, type: string, data: object, must?: 'change' | 'be refused'): Draft => ({
  service: 'orders',
  type,
  key: canonicalKey(order),
  data: { shop_slug: order.shop, id: order.number, ...data },
  known: must === undefined ? {} : { must },
});

/** Under its canonical key a command finds the order as those before it have left it. */
function sure(order: LoadOrder, one: Draft): Draft {
  const places = one.type === 'place-order' || (one.type === 'upsert-order' && one.known?.must === 'change');
  const isCertain = order.isKept && (order.isPlaced || one.type === 'upsert-order');
  if (places) order.isPlaced = true;
  if (places && order.isKept && JSON.stringify(one.data).includes('tracking_number'))
    order.isDispatched = true;
  return isCertain ? one : { ...one, known: refusedOnly(one) };
}

const refusedOnly = ({ known }: Draft): NonNullable<Draft['known']> =>
  known?.must === 'be refused' ? { must: 'be refused' } : {};
