import {
  facts,
  after,
  draft,
  fulfil,
  fulfilWith,
  scan,
  merchantEvent,
  shown,
  now,
} from './shipment.samples.spec-data';

const eventOf = (data: object) => facts(after(draft, fulfil), scan(data))[0]?.data.event;

describe('what a scan says', () => {
  it('is normalised', () => {
    expect(
      eventOf({
        tracking_number: ' 0034 0000 0000 0001 0011 ',
        event_time: '2026-01-13T03:10:00.1239+01:00',
        external_id: ' DE-1 ',
        timezone: 'Europe/Berlin',
        location: { city: ' Musterstadt ', country_code: 'de', name: '' },
      }),
    ).toMatchObject({
      event_time: '2026-01-13T02:10:00.123Z',
      external_id: 'DE-1',
      timezone: 'Europe/Berlin',
      location: {
        name: null,
        city: 'Musterstadt',
        zip_code: null,
        country_code: 'DE',
        latitude: null,
        longitude: null,
      },
      recorded_at: now,
    });
  });

  it('counts empty as nothing, and null as absent', () => {
    const nothing = {
      timezone: null,
      location: null,
      additional_info: null,
      pickup: null,
      estimated_arrival: null,
    };
    expect(eventOf({ external_id: ' ', ...nothing })).toMatchObject({ external_id: null, ...nothing });
    expect(eventOf({ external_id: '' }).event_id).toBe(eventOf({}).event_id);
  });

  it('keeps of the additional info what says something, in one order', () => {
    const { additional_info } = eventOf({
      additional_info: {
        date: '14 January',
        mail_message: ' ',
        pickup_opening_hours: { ' mon.': ' 9-18 ', tue: '' },
        pickup_point: ' Kiosk ',
      },
    });
    expect(JSON.stringify(additional_info)).toBe(
      JSON.stringify({ pickup_point: 'Kiosk', date: '14 January', pickup_opening_hours: { 'mon.': '9-18' } }),
    );
  });

  it('shows every member of a pickup point', () => {
    const { pickup } = eventOf({
      pickup: {
        type: 'shop',
        name: ' Kiosk ',
        address: {
          address_line_1: 'Musterstraße 1',
          address_line_2: '2. OG',
          country_code: 'de',
          zip_code: '12345',
        },
        date_to: '2026-01-20T18:00:00+01:00',
      },
    });
    expect(pickup).toEqual({
      type: 'shop',
      name: 'Kiosk',
      address: {
        name: null,
        company: null,
        address_line_1: 'Musterstraße 1',
        address_line_2: '2. OG',
        street: 'Musterstraße 1, 2. OG',
        city: null,
        province: null,
        country: null,
        province_code: null,
        country_code: 'DE',
        zip_code: '12345',
        phone: null,
      },
      url: null,
      opening_hours: null,
      date_to: '2026-01-20T17:00:00.000Z',
    });
  });
});

it('an event of the merchant has its own origin and no estimate', () => {
  const said = merchantEvent({ external_id: ' W-1 ', additional_info: {} });
  expect(facts(after(draft), said)[0]?.data.event).toMatchObject({
    origin: 'merchant',
    external_id: 'W-1',
    additional_info: {},
    estimated_arrival: null,
    pickup: null,
  });
});

it('products have every member in the order of the snapshot', () => {
  const line = {
    sku: 'SET-1',
    price: 20,
    type: 'bundle',
    bundled_products: [{ title: ' Soap ', tax_lines: [{ rate: 0.19, currency: 'eur' }] }],
  };
  const { products } = shown(fulfilWith({ products: [line] }));
  const item = { quantity: 1, size: null, weight: null, images: [], product_id: null, variant_id: null };
  const soap = {
    ...item,
    title: 'Soap',
    price: null,
    sku: null,
    tax_lines: [{ title: null, rate: 0.19, price: null, currency: 'EUR' }],
  };
  expect(products).toEqual([
    {
      ...item,
      title: null,
      price: 20,
      sku: 'SET-1',
      tax_lines: [],
      type: 'bundle',
      bundled_products: [soap],
    },
  ]);
  expect(Object.keys(products?.[0] ?? {}).join(' ')).toBe(
    'title quantity price size sku weight images tax_lines type bundled_products product_id variant_id',
  );
});
