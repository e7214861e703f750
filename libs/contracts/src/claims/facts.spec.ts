import { changed, factExamples, placesOf, testReading } from '../fact-examples.spec-data';
import { validatorOf } from '../validation';

const facts = factExamples('claims');
const created = facts.find(({ type }) => type === 'claims.claim-created.v1');
if (!created) throw new Error('no claim-created among the examples');

/** The same fact with another value at one place, with list entries by their position. */
const withValue = (path: string, value: unknown) =>
  changed(created.data, path.split('.'), (owner, name) => Reflect.set(owner, name, value));

const full = {
  type: created.type,
  contract: created.contract,
  data: changed(created.data, ['claim'], (owner, name) =>
    Object.assign(Reflect.get(owner, name) as object, {
      answers: [{ question: 'Was the box damaged?', answer: 'Yes.' }],
      dropoff_permission: false,
    }),
  ),
};

describe('facts', () => {
  it('of all kinds are there, with an object of every class', () => {
    const places = [...facts, full].flatMap(({ contract, data }) => placesOf(contract.payload, data));
    expect([...new Set(places.map(({ owner }) => owner.name))].toSorted()).toEqual([
      'ClaimAddressSnapshotDto',
      'ClaimAnswerSnapshotDto',
      'ClaimCreatedDto',
      'ClaimDeletedDto',
      'ClaimSnapshotDto',
      'ClaimUpdatedDto',
      'SelectedItemSnapshotDto',
    ]);
  });

  // null or true is both right for a permission, so only one that was given shows what is wrong
  testReading(
    [full, ...facts.filter((fact) => fact !== created)],
    (sample, { name }) => sample === full || name !== 'dropoff_permission',
  );

  it.each([
    ['an id in upper case', 'claim_id', '8C97700B-8FEB-5756-BFFA-23811A1FB39A'],
    ['a reason that does not exist', 'reason', 'lost'],
    ['a status that does not exist', 'claim.status', 'open'],
    ['a claim without a number', 'claim.tracking_number', null],
    ['an empty description', 'claim.description', ''],
    ['an amount below 0', 'claim.net_invoice_amount', -0.01],
    ['a weight of four decimals', 'claim.weight_kg', 0.3601],
    ['a time with another offset', 'claim.scan_date', '2026-01-12T18:05:00.000+01:00'],
    ['an item of nothing', 'claim.selected_items.0.quantity', 0],
    ['a photo that is no address', 'claim.selected_items.0.image_urls', ['c-1.jpg']],
    ['a wrong zip code', 'claim.address.zip_code', '_'],
  ])('never show %s', (_, path, value) => {
    const fields = validatorOf(created.contract)(withValue(path, value)).map(({ field }) => field);
    expect(fields).toEqual([path.endsWith('image_urls') ? `${path}.0` : path]);
  });

  it.each([
    ['a carrier that this release does not know yet', 'claim.carrier_reference', 'new_carrier'],
    ['no address', 'claim.address', null],
    ['as much weight as 500 lines can have', 'claim.weight_kg', 4_999_999_999_999.999],
  ])('may show %s', (_, path, value) => {
    expect(validatorOf(created.contract)(withValue(path, value))).toEqual([]);
  });
});
