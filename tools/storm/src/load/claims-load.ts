import { uuidV5 } from '@waybill/contracts';
import type { Draft } from './load-record';
import { type LoadOrder, type LoadWorld, numberOf, parcelOf } from './load-world';

const kinds = { create: 50, update: 28, remove: 8, stranger: 6, invalid: 8 } as const;

/** One command to claims. */
export function claimDraft(world: LoadWorld): Draft {
  const order = world.order(({ isDispatched }) => isDispatched);
  const kind = world.random.weighted(kinds);
  if (kind === 'stranger') return stranger(world, order);
  if (kind === 'invalid') return invalid(world, order);
  const known = order.claims.at(-1);
  if (kind === 'create' || known === undefined) return create(world, order);
  const id = world.random.pick(order.claims);
  if (kind === 'remove') return draft(order, 'delete-claim', id, { claim_id: id });
  const change = world.random.chance(0.6)
    ? { status: world.random.pick(['accepted', 'rejected', 'closed']) }
    : { resolution_preference: world.random.pick(['refund', 'reorder', null]) };
  return draft(order, 'update-claim', id, { claim_id: id, ...change });
}

function create(world: LoadWorld, order: LoadOrder): Draft {
  const { random } = world;
  const byNumber = random.chance(0.3);
  const parcel = byNumber
    ? { tracking_number: numberOf(order, 1) }
    : { shipment_id: parcelOf(order, random.int(1, 2)) };
  const own = random.chance(0.6) ? { claim_id: uuidV5(order.id, `storm/${world.unique()}`) } : {};
  if ('claim_id' in own) order.claims.push(String(own.claim_id));
  const key = random.chance(0.5) ? order.id : (parcel.tracking_number ?? parcel.shipment_id);
  return draft(order, 'create-claim', key, {
    ...parcel,
    ...own,
    reason: random.pick(['damage', 'partial_damage', 'investigation', 'return', 'support']),
    ...(random.chance(0.5) ? { flow: random.pick(['defective', 'return']) } : {}),
    ...(random.chance(0.5) ? { selected_items: [{ quantity: 1, sku: 'MUG-1' }] } : {}),
    description: world.unique(),
  });
}

/** A parcel that nobody has ever heard of: it is waited for, then the claim is refused. */
function stranger(world: LoadWorld, order: LoadOrder): Draft {
  const id = uuidV5(order.id, `stranger/${world.unique()}`);
  return {
    ...draft(order, 'create-claim', id, { shipment_id: id, reason: 'damage' }),
    known: { must: 'be refused' },
  };
}

function invalid(world: LoadWorld, order: LoadOrder): Draft {
  const data = world.random.pick([{ reason: 'bad weather' }, { reason: 'damage', shipment_id: 'none' }]);
  return { ...draft(order, 'create-claim', order.id, data), known: { must: 'be refused' } };
}

const draft = (order: LoadOrder, type: string, key: string, data: object): Draft => ({
  service: 'claims',
  type,
  key,
  data: { shop_slug: order.shop, ...data },
});
