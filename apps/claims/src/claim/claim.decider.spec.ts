import { claimStatuses } from '@waybill/contracts';
import type { ClaimCommand } from './claim.commands';
import {
  after,
  claimId,
  create,
  decide,
  known,
  later,
  order,
  parcel,
  remove,
  shipmentId,
  trackingNumber,
  update,
  verdict,
} from './claim.samples.spec-data';
import { claimAggregate } from './claim.aggregate';
import type { Claim } from './claim.state';

const invalid = 'claim_transition_invalid';
const same = 'nothing_changed';
const done = 'ClaimUpdated';

// domain 4.3
describe.each([
  ['pending', { pending: same, accepted: done, rejected: done, closed: done }],
  ['accepted', { pending: invalid, accepted: same, rejected: invalid, closed: done }],
  ['rejected', { pending: invalid, accepted: invalid, rejected: same, closed: done }],
  ['closed', { pending: invalid, accepted: invalid, rejected: invalid, closed: same }],
] as const)('a claim that is %s', (status, row) => {
  const claim = after(create({ status, resolution_preference: 'refund' }));

  it.each(claimStatuses)('and shall be %s', (to) => {
    expect(verdict(decide(claim, update({ status: to })))).toBe(row[to]);
    // an update that names both is judged as a whole
    const both = update({ status: to, resolution_preference: 'refund' });
    expect(verdict(decide(claim, both))).toBe(row[to]);
    const other = update({ status: to, resolution_preference: null });
    const changesOnlyPreference = status === to && status !== 'closed';
    expect(verdict(decide(claim, other))).toBe(
      changesOnlyPreference ? done : status === to ? invalid : row[to],
    );
  });

  it.each([
    ['refund', same],
    ['reorder', status === 'closed' ? invalid : done],
    [null, status === 'closed' ? invalid : done],
  ])('whose customer prefers %s', (preference, expected) => {
    expect(verdict(decide(claim, update({ resolution_preference: preference })))).toBe(expected);
  });

  it('takes no second creation and can be deleted', () => {
    expect(verdict(decide(claim, create({ status })))).toBe('claim_exists');
    expect(verdict(decide(claim, remove()))).toBe('ClaimDeleted');
  });
});

const deleted = after(create(), remove());

it.each<[string, string, Claim | null, ClaimCommand, string]>([
  ['create', 'nothing', null, create(), 'ClaimCreated'],
  ['create', 'it was deleted', deleted, create(), 'claim_exists'],
  ['update', 'nothing', null, update({ status: 'closed' }), 'claim_not_found'],
  ['update', 'it was deleted', deleted, update({ status: 'closed' }), 'claim_not_found'],
  ['an equal update', 'it was deleted', deleted, update({ status: 'pending' }), 'claim_not_found'],
  ['delete', 'nothing', null, remove(), 'claim_not_found'],
  ['delete', 'it was deleted', deleted, remove(), 'already_deleted'],
])('%s after %s', (_, __, state, command, expected) => {
  expect(verdict(decide(state, command))).toBe(expected);
});

it.each<[string, ClaimCommand]>([
  ['update', update({ shop_slug: 'other-shop', status: 'closed' })],
  ['delete', remove({ shop_slug: 'other-shop' })],
])('%s from another shop finds nothing, deleted or not', (_, command) => {
  expect(verdict(decide(after(create()), command))).toBe('claim_not_found');
  expect(verdict(decide(deleted, command))).toBe('claim_not_found');
});

it('what changed is said in the order of the list, with the status before', () => {
  const sent = update({ resolution_preference: 'refund', status: 'accepted' });
  expect(decide(after(create()), sent)).toMatchObject({
    events: [
      {
        at: later,
        previousStatus: 'pending',
        changed: ['status', 'resolution_preference'],
        status: 'accepted',
        resolutionPreference: 'refund',
      },
    ],
  });
});

describe('a creation', () => {
  const open = { taken: new Set([`claim/demo-shop/${shipmentId}/damage`]) };
  const byNumber = { shipment_id: undefined, tracking_number: trackingNumber };
  const draft = { ...parcel, status: 'draft', trackingNumber: null, carrier: null } as const;

  it.each<[string, ClaimCommand, string]>([
    ['a parcel that is not known', create({}, { ...known, parcel: null }), 'shipment_not_found'],
    ['nothing that is known', create({}, { parcel: null, order: null }), 'shipment_not_found'],
    [
      "another shop's parcel",
      create({}, { ...known, parcel: { ...parcel, shopSlug: 'other-shop' } }),
      'shipment_not_found',
    ],
    ['a parcel whose order is not known', create({}, { parcel, order: null }), 'order_not_found'],
    [
      'a parcel of another order',
      create({}, { parcel, order: { ...order, orderId: shipmentId } }),
      'order_not_found',
    ],
    ['a draft', create({}, { order, parcel: draft }), 'shipment_not_fulfilled'],
    [
      'a withdrawn parcel',
      create({}, { order, parcel: { ...draft, status: 'withdrawn' } }),
      'shipment_not_fulfilled',
    ],
    ['id and another number', create({ tracking_number: '1' }), 'shipment_reference_mismatch'],
    ['id and another carrier', create({ carrier_reference: 'ups' }), 'shipment_reference_mismatch'],
    [
      'id, number and another carrier',
      create({ tracking_number: trackingNumber, carrier_reference: 'ups' }),
      'shipment_reference_mismatch',
    ],
    ['id and number', create({ tracking_number: ' 0034 0000000000010011' }), 'ClaimCreated'],
    ['id and carrier', create({ carrier_reference: 'dhl' }), 'ClaimCreated'],
    ['id and no carrier', create({ carrier_reference: 'unknown' }), 'ClaimCreated'],
    ['a number', create(byNumber), 'ClaimCreated'],
    ['number and carrier', create({ ...byNumber, carrier_reference: 'dhl' }), 'ClaimCreated'],
  ])('about %s', (_, command, expected) => {
    expect(verdict(decide(null, command))).toBe(expected);
  });

  // of several faults the one named first in the row of domain 4.2 is given
  it.each<[string, ClaimCommand]>([
    ['order_not_found', create({ tracking_number: '1' }, { order: null, parcel: draft })],
    ['shipment_not_fulfilled', create({ tracking_number: '1' }, { order, parcel: draft })],
    ['shipment_reference_mismatch', create({ tracking_number: '1' })],
    ['claim_exists', create()],
  ])('is refused %s before anything after it', (key, command) => {
    for (const state of [null, after(create()), deleted]) {
      const decision = decide(state, command, open);
      expect(verdict(decision)).toBe(key);
      // a copy or another claim may say something else tomorrow
      expect(decision).toMatchObject({ outcome: 'refused', readsOthers: true });
    }
  });

  it('of an id that is taken elsewhere is refused although its parcel is not in sight there', () => {
    const blind = create({ claim_id: claimId }, { parcel: null, order: null });
    expect(verdict(decide(after(create()), blind))).toBe('claim_exists');
    expect(verdict(decide(deleted, blind))).toBe('claim_exists');
  });

  it.each([
    ['pending', 'claim_exists'],
    ['accepted', 'claim_exists'],
    ['rejected', 'ClaimCreated'],
    ['closed', 'ClaimCreated'],
  ])('as %s beside an open claim', (status, expected) => {
    expect(verdict(decide(null, create({ status }), open))).toBe(expected);
    expect(verdict(decide(null, create({ status, reason: 'return' }), open))).toBe('ClaimCreated');
  });

  it('keeps others away only while it is open', () => {
    const keys = (...commands: ClaimCommand[]) => claimAggregate.uniqueKeys(after(...commands));
    const taken = [...open.taken];
    expect(keys(create())).toEqual(taken);
    expect(keys(create(), update({ status: 'accepted' }))).toEqual(taken);
    expect(keys(create(), update({ status: 'rejected' }))).toEqual([]);
    expect(keys(create(), update({ status: 'closed' }))).toEqual([]);
    expect(keys(create({ status: 'closed' }))).toEqual([]);
    expect(keys(create(), remove())).toEqual([]);
  });
});
