import { classIssues } from '../class-issues';
import { contractOf } from '../contracts';
import { uuid } from '../orders/member-kinds.spec-data';
import { refusalOf } from '../refusal';
import { validatorOf } from '../validation';

const contract = (name: string) => {
  const found = contractOf(`claims.${name}.v1`);
  if (!found) throw new Error(`no contract ${name}`);
  return found;
};

/** What both validators say; they must say the same. */
function issuesOf(name: string, data: object) {
  const issues = validatorOf(contract(name))(data);
  expect(issues).toEqual(classIssues(contract(name).payload, data, 'refused', ['data']));
  return issues;
}

describe('a new claim names its parcel', () => {
  const claim = { shop_slug: 'demo-shop', reason: 'damage' };
  it.each([
    ['by its id', { shipment_id: uuid }, undefined],
    ['by its number', { tracking_number: '1z 9' }, undefined],
    ['by carrier and number', { tracking_number: '1', carrier_reference: 'dhl' }, undefined],
    ['by all of them', { shipment_id: uuid, tracking_number: '1', carrier_reference: 'unknown' }, undefined],
    ['not at all', {}, 'validation_error'],
    ['by a carrier alone', { carrier_reference: 'dhl' }, 'validation_error'],
    ['by null', { shipment_id: null }, 'validation_error'],
    ['by an id that is none', { shipment_id: '10001' }, 'validation_error'],
    ['by an empty number', { tracking_number: ' ' }, 'validation_error'],
    ['with no carrier', { shipment_id: uuid, carrier_reference: 'dhx' }, 'carrier_reference_invalid'],
    ['with null for a carrier', { shipment_id: uuid, carrier_reference: null }, 'carrier_reference_invalid'],
  ])('%s', (_, reference, key) => {
    const issues = issuesOf('create-claim', { ...claim, ...reference });
    expect(issues.map((issue) => refusalOf([issue]).key)).toEqual(key === undefined ? [] : [key]);
  });

  it.each(['damaged_product_items', 'net_invoice_amount', 'order_id', 'order_number'])(
    'and has no %s',
    (name) => {
      const data = { ...claim, shipment_id: uuid, [name]: [] };
      expect(issuesOf('create-claim', data).map(({ type }) => type)).toEqual(['whitelist']);
    },
  );

  it.each([
    ['a sku', { sku: 'TEE-L' }, []],
    ['a title', { title: 'Shirt' }, []],
    ['both, of which one says nothing', { sku: ' ', title: 'Shirt' }, []],
    ['neither', {}, ['atLeastOneOf']],
    ['two that say nothing', { sku: ' ', title: '' }, ['atLeastOneOf']],
    ['a sku that is too long', { sku: 'x'.repeat(129) }, ['length']],
    ['null for a title', { sku: 'TEE-L', title: null }, ['isString']],
  ])('and items with %s', (_, labels, types) => {
    const data = { ...claim, shipment_id: uuid, selected_items: [{ quantity: 1, ...labels }] };
    expect(issuesOf('create-claim', data).map(({ type }) => type)).toEqual(types);
  });
});

it.each([
  ['a status', { status: 'accepted' }, []],
  ['a preference', { resolution_preference: 'refund' }, []],
  ['no preference any more', { resolution_preference: null }, []],
  ['nothing', {}, ['atLeastOneOf']],
  ['no status', { status: null }, ['isIn']],
  ['a new description', { status: 'closed', description: 'x' }, ['whitelist']],
])('an update says %s', (_, change, types) => {
  const issues = issuesOf('update-claim', { shop_slug: 'demo-shop', claim_id: uuid, ...change });
  expect(issues.map(({ type }) => type)).toEqual(types);
});
