import { Ajv2020 } from 'ajv/dist/2020';
import { classIssues } from '../class-issues';
import { contractOf } from '../contracts';
import { jsonSchemaOf } from '../json-schema';
import { refusalOf } from '../refusal';
import { validatorOf } from '../validation';

const contract = (name: string) => {
  const found = contractOf(`shipments.${name}.v1`);
  if (!found) throw new Error(`no contract ${name}`);
  return found;
};
const issuesOf = (name: string, data: object) => validatorOf(contract(name))(data);

const scan = {
  shop_slug: 'demo-shop',
  carrier_reference: 'dhl',
  tracking_number: '00340000000000010011',
  event_name: 'CARRIER_PICKED_UP',
  event_time: '2026-01-12T17:05:00Z',
};

describe('a faulty scan', () => {
  it.each([
    ['of a carrier that cannot be matched', { carrier_reference: 'unknown' }, 'carrier_reference_invalid'],
    ['of a carrier that does not exist', { carrier_reference: 'dhx' }, 'carrier_reference_invalid'],
    ['without a carrier', { carrier_reference: undefined }, 'carrier_reference_invalid'],
    ['without a number', { tracking_number: undefined }, 'validation_error'],
    ['of two faults', { carrier_reference: 'unknown', timezone: 'Europe/Musterstadt' }, 'validation_error'],
    ['in a zone that does not exist', { timezone: 'Europe/Musterstadt' }, 'validation_error'],
    ['with a local time', { event_time: '2026-01-12T17:05:00' }, 'validation_error'],
    [
      'of a pickup point with a wrong zip code',
      { pickup: { type: 'locker', name: 'Locker 7', address: { zip_code: '1234_5' } } },
      'zip_code_invalid',
    ],
  ])('%s', (_, change, key) => {
    expect(refusalOf(issuesOf('record-scan', { ...scan, ...change })).key).toBe(key);
  });

  it.each([
    [
      { from: '2026-01-14T18:00:00.001Z', to: '2026-01-14T18:00:00Z' },
      ['data', 'estimated_arrival'],
      'period',
    ],
    [{ from: null, to: '2026-01-14' }, ['data', 'estimated_arrival', 'to'], 'isTime'],
  ])('estimate %j', (estimate, loc, type) => {
    expect(issuesOf('record-scan', { ...scan, estimated_arrival: estimate })).toEqual([
      expect.objectContaining({ loc, type }),
    ]);
  });

  it('may come from any year and have any name: what they mean is a matter of the shipment', () => {
    const odd = { event_time: '1970-01-01T00:00:00Z', event_name: 'Seen_on_Mars' };
    expect(issuesOf('record-scan', { ...scan, ...odd })).toEqual([]);
  });
});

describe('an estimate names its parcel', () => {
  const estimate = { shop_slug: 'demo-shop', to: '2026-01-14T18:00:00Z' };
  const byId = { shipment_id: 'c376e889-76c9-5c95-ad8b-a381eae0408d' };
  const byNumber = { carrier_reference: 'dhl', tracking_number: '00340000000000010011' };
  const published = new Ajv2020({
    strictTypes: false,
    strictRequired: false,
    validateFormats: false,
  }).compile(jsonSchemaOf(contract('update-estimated-arrival')));

  it.each([
    ['by its id', byId, []],
    ['by carrier and number', byNumber, []],
    ['by its id, and a carrier that says nothing', { ...byId, carrier_reference: 'unknown' }, []],
    ['not at all', {}, ['oneWay']],
    ['by both', { ...byId, ...byNumber }, ['oneWay']],
    ['by its id and a carrier', { ...byId, carrier_reference: 'dhl' }, ['oneWay']],
    ['by its id and a number', { ...byId, tracking_number: '1' }, ['oneWay']],
    ['by a number alone', { tracking_number: '1' }, ['oneWay']],
    ['by a carrier alone', { carrier_reference: 'dhl' }, ['oneWay']],
    ['by a number of no known carrier', { ...byNumber, carrier_reference: 'unknown' }, ['oneWay']],
  ])('%s', (_, reference, types) => {
    const data = { ...estimate, ...reference };
    const issues = issuesOf('update-estimated-arrival', data);
    expect(issues.map(({ type }) => type)).toEqual(types);
    expect(published(data)).toBe(types.length === 0);
  });

  it.each([
    ['no way at all', {}, 'validation_error'],
    ['no id', { shipment_id: '10001' }, 'validation_error'],
    ['null for an id', { shipment_id: null }, 'validation_error'],
    ['no carrier', { ...byNumber, carrier_reference: 'dhx' }, 'carrier_reference_invalid'],
    ['null for a carrier', { ...byNumber, carrier_reference: null }, 'carrier_reference_invalid'],
    ['no number', { ...byNumber, tracking_number: ' ' }, 'validation_error'],
  ])('and is faulty once with %s', (_, reference, key) => {
    const data = { ...estimate, ...reference };
    const issues = issuesOf('update-estimated-arrival', data);
    expect(issues).toHaveLength(1);
    expect(issues).toEqual(
      classIssues(contract('update-estimated-arrival').payload, data, 'refused', ['data']),
    );
    expect(refusalOf(issues).key).toBe(key);
  });

  it('and does not end before it begins', () => {
    const data = { ...estimate, ...byId, from: '2026-01-14T18:00:01Z' };
    expect(issuesOf('update-estimated-arrival', data).map(({ msg }) => msg)).toEqual([
      'from must not be after to',
    ]);
    expect(issuesOf('update-estimated-arrival', { ...data, from: data.to })).toEqual([]);
  });
});
