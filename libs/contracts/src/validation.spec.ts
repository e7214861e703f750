import { contractOf } from './contracts';
import { reportedIssues } from './limits';
import { refusalOf } from './refusal';
import { validateBulkItem, validatorOf } from './validation';

const issuesOf = (name: string, data: unknown) => {
  const contract = contractOf(`orders.${name}.v1`);
  if (!contract) throw new Error(`no contract ${name}`);
  return validatorOf(contract)(data);
};
const reference = { shop_slug: 'demo-shop', id: '10005' };

describe('a faulty message', () => {
  it('with a wrong zip code alone has a key of its own (domain 12.5)', () => {
    const issues = issuesOf('upsert-order', {
      ...reference,
      order: { address: { name: 'Robin Example', zip_code: '1234_5' } },
    });
    expect(refusalOf(issues)).toEqual({
      key: 'zip_code_invalid',
      message: 'the zip code is not valid',
      errors: [
        {
          loc: ['data', 'order', 'address', 'zip_code'],
          field: 'order.address.zip_code',
          msg: 'must be 1 to 16 letters, digits, spaces or hyphens',
          type: 'matches',
        },
      ],
    });
  });

  it('with two faulty fields lists both, in the order of the contract (domain 12.11)', () => {
    const order = { order_number: '10005', address: { zip_code: '1234_5' }, expected_number_of_shipments: 0 };
    const issues = issuesOf('place-order', { shop_slug: 'demo-shop', order });
    expect(refusalOf(issues)).toMatchObject({ key: 'validation_error', message: '2 fields are not valid' });
    expect(issues.map(({ field, msg, type }) => [field, msg, type])).toEqual([
      ['order.address.zip_code', 'must be 1 to 16 letters, digits, spaces or hyphens', 'matches'],
      ['order.expected_number_of_shipments', 'must be a whole number from 1 to 100', 'min'],
    ]);
  });

  it.each([
    ['zip code missing in an order', { order: { address: { name: 'Robin Example' } } }, 'zip_code_invalid'],
    ['zip code null', { order: { address: { zip_code: null } } }, 'zip_code_invalid'],
    [
      'carrier not known',
      { trackings: [{ tracking_number: '1', carrier_reference: 'dhx' }] },
      'carrier_reference_invalid',
    ],
    ['zip code where none belongs', { zip_code: '12345' }, 'validation_error'],
    ['another field', { order: { currency: 'DEM' } }, 'validation_error'],
    [
      'two carriers',
      { trackings: ['1', '2'].map((tracking_number) => ({ tracking_number, carrier_reference: 'dhx' })) },
      'validation_error',
    ],
  ])('%s', (_, data, key) => {
    expect(refusalOf(issuesOf('upsert-order', { ...reference, ...data })).key).toBe(key);
  });

  it('is located by member and position', () => {
    const data = {
      ...reference,
      trackings: [
        { tracking_number: '1' },
        { tracking_number: '2', products: [{ sku: 'TEE-L' }, { sku: 'MUG-1', quantity: 0 }, 7] },
      ],
      order: { segments: ['default', '', 'b2b', 3] },
    };
    expect(issuesOf('upsert-order', data).map(({ loc, type }) => [loc, type])).toEqual([
      [['data', 'order', 'segments', 1], 'length'],
      [['data', 'order', 'segments', 3], 'isString'],
      [['data', 'trackings', 1, 'products', 1, 'quantity'], 'min'],
      [['data', 'trackings', 1, 'products', 2], 'nestedValidation'],
    ]);
  });

  it('names a misspelt member', () => {
    expect(issuesOf('cancel-order', { ...reference, reasn: 'ordered twice' })).toEqual([
      { loc: ['data', 'reasn'], field: 'reasn', msg: 'is not a known member', type: 'whitelist' },
    ]);
  });

  it('shows no value of a caller, not even one that hides in a name', () => {
    const secret = 'alex@example.com';
    const data = { ...reference, [secret]: secret, order: { email_id: `${secret} `, order_name: [secret] } };
    const text = JSON.stringify(refusalOf(issuesOf('upsert-order', data)));
    expect(text).toContain('(unreadable)');
    expect(text).not.toContain('alex');
  });

  it.each([
    ['update-order', { ...reference }, 'needs at least one of address, expected_number_of_shipments'],
    [
      'update-shipment',
      { ...reference, shipment_id: 'c376e889-76c9-5c95-ad8b-a381eae0408d' },
      'needs at least one of tracking_url, products',
    ],
    [
      'upsert-order',
      { ...reference, order: { products: [{ quantity: 1 }] } },
      'needs at least one of variant_id, sku, product_id, title',
    ],
    [
      'upsert-order',
      { ...reference, order: { products: [{ sku: ' ', title: null }] } },
      'needs at least one of variant_id, sku, product_id, title',
    ],
    [
      'upsert-order',
      { ...reference, order: { products: [{ sku: 'SET-1', bundled_products: [{ sku: 'SOAP-1' }] }] } },
      'only a product of type bundle has bundled_products',
    ],
  ])('%s as a whole', (name, data, msg) => {
    expect(issuesOf(name, data).map((issue) => issue.msg)).toEqual([msg]);
  });

  it.each([
    ['order number', { id: 'a\nb' }, ['idType']],
    ['external id longer than 64', { id: 'x'.repeat(100), id_type: 'external_id' }, []],
    ['order number longer than 64', { id: 'x'.repeat(100) }, ['idType']],
    ['uuid', { id: '6309fdd3-4292-5fdd-9cec-b983e7f75d43', id_type: 'uuid' }, []],
    ['no uuid', { id: '10001', id_type: 'uuid' }, ['idType']],
    ['an id type that does not exist', { id: '10001', id_type: 'constructor' }, ['isIn']],
    ['id type null', { id: '10001', id_type: null }, ['isIn']],
    ['no id', { id: undefined }, ['isDefined']],
  ])('id: %s', (_, data, types) => {
    const command = JSON.parse(JSON.stringify({ ...reference, ...data }));
    expect(issuesOf('cancel-order', command).map(({ type }) => type)).toEqual(types);
  });
});

describe('a bulk', () => {
  const item = { id: '10002', trackings: [{ tracking_number: '1' }] };

  it.each([
    ['no item', { items: [] }, ['arrayMinSize']],
    ['501 items', { items: Array.from({ length: 501 }, () => item) }, ['arrayMaxSize']],
    ['500 items', { items: Array.from({ length: 500 }, () => item) }, []],
    ['a wrong shop', { shop_slug: 'Demo', items: [item] }, ['matches']],
    ['an item that is no object', { items: [item, 'x', []] }, ['isObject', 'isObject']],
    ['a faulty item', { items: [item, { id: 7, anything: true }] }, []],
  ])('%s', (_, data, types) => {
    expect(
      issuesOf('bulk-fulfil-orders', { shop_slug: 'demo-shop', ...data }).map(({ type }) => type),
    ).toEqual(types);
  });

  it('has items that are validated on their own', () => {
    expect(validateBulkItem(item)).toEqual([]);
    expect(validateBulkItem({ ...item, trackings: [] }, ['data', 'items', 3])).toEqual([
      {
        loc: ['data', 'items', 3, 'trackings'],
        field: 'items.3.trackings',
        msg: 'must be a list of 1 to 100 entries',
        type: 'arrayMinSize',
      },
    ]);
    expect(validateBulkItem({ id: '10002' }).map(({ type }) => type)).toEqual(['isDefined']);
    expect(validateBulkItem({ ...item, shop_slug: 'demo-shop' }).map(({ type }) => type)).toEqual([
      'whitelist',
    ]);
  });
});

describe('hostile JSON', () => {
  const deep = (open: string, close: string, depth = 100_000) =>
    JSON.parse(open.repeat(depth) + close.repeat(depth));

  it.each([
    ['null', null, ['isObject']],
    ['a list', [], ['isObject']],
    ['text', 'x', ['isObject']],
    ['nothing', undefined, ['isObject']],
    ['a deep list as data', deep('[', ']'), ['isObject']],
    ['a deep list in an unknown member', { ...reference, x: deep('[', ']') }, ['whitelist']],
    ['a deep list in a known member', { ...reference, trackings: deep('[', ']') }, ['nestedValidation']],
    [
      'deep objects for text',
      { ...reference, order: { order_name: JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) } },
      ['isString'],
    ],
    ['deep objects for the map', { ...reference, order_analytics: { a: deep('[', ']') } }, ['analyticsMap']],
    [
      '__proto__ as a member',
      JSON.parse('{"shop_slug":"demo-shop","id":"1","__proto__":{"order":{}}}'),
      ['whitelist'],
    ],
    [
      '__proto__ inside',
      { ...reference, order: JSON.parse('{"__proto__":{"currency":"DEM"}}') },
      ['whitelist'],
    ],
    ['constructor as a member', { ...reference, constructor: 1, toString: 2 }, ['whitelist', 'whitelist']],
    [
      'a list of 300,000 entries',
      { ...reference, trackings: Array.from({ length: 300_000 }, () => ({})) },
      ['arrayMaxSize'],
    ],
    ['the name of the whole object as a member', { ...reference, '': 1 }, ['whitelist']],
  ])('%s', (_, data: unknown, types) => {
    expect(issuesOf('upsert-order', data).map(({ type }) => type)).toEqual(types);
  });

  it('gets a bounded answer', () => {
    const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`m${i}`, i]));
    const issues = issuesOf('upsert-order', { ...reference, ...unknown });
    expect(issues).toHaveLength(reportedIssues);
    expect(refusalOf(issues).message).toBe('100 or more fields are not valid');
  });

  it('leaves no trace in prototypes', () => {
    issuesOf(
      'upsert-order',
      JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
