import type { OrderCommand } from './order.commands';
import { orderSnapshot } from './order.snapshot';
import {
  address,
  alive,
  attach,
  command,
  decide,
  first,
  orderInput,
  place,
  placedAt,
  shirt,
  upsert,
} from './order.samples.spec-data';

const changedBy = (order: ReturnType<typeof alive>, wanted: ReturnType<typeof upsert>) => {
  const decision = decide(order, wanted);
  return decision.outcome === 'accepted' ? decision.events : decision;
};

describe('absent, null, value', () => {
  const full = {
    ...orderInput,
    order_name: 'Gift',
    email_id: 'alex@example.com',
    weight: 500,
    discount_price: -8,
  };
  const before = () => alive(upsert(full));

  it.each([
    { about: 'absent keeps', sent: {}, changed: undefined },
    { about: 'null clears', sent: { order_name: null, weight: null }, changed: ['order_name', 'weight'] },
    { about: 'empty text is null', sent: { order_name: ' ' }, changed: ['order_name'] },
    { about: 'a value replaces', sent: { email_id: 'kim@example.com' }, changed: ['email_id'] },
    { about: 'equal after trimming', sent: { order_name: ' Gift ' }, changed: undefined },
    {
      about: 'equal instants',
      sent: { order_placed_at: '2026-01-10T09:00:00.0001+01:00' },
      changed: undefined,
    },
    { about: 'equal minor units', sent: { total_order_price: 76.8801 }, changed: undefined },
    { about: 'a list replaces the list', sent: { products: [shirt] }, changed: ['products'] },
    { about: 'the magnitude of a discount', sent: { discount_price: 8 }, changed: undefined },
    {
      about: 'a changed zip code',
      sent: { address: { ...address, zip_code: '12346' } },
      changed: ['address'],
    },
    {
      about: 'defaults are filled',
      sent: { products: [{ ...shirt, type: 'product', images: [] }, orderInput.products[1]] },
      changed: undefined,
    },
    {
      about: 'the order of a list counts',
      sent: { products: orderInput.products.toReversed() },
      changed: ['products'],
    },
    {
      about: 'the user agent is kept from the creation',
      sent: { user_agent: 'another browser' },
      changed: undefined,
    },
  ])('$about', ({ sent, changed }) => {
    const expected = changed ? [{ type: 'OrderUpdated', changed }] : { reason: 'nothing_changed' };
    expect(changedBy(before(), upsert(sent))).toMatchObject(expected);
  });

  it('names the changed fields in the order of the snapshot', () => {
    const sent = { weight: 1, segments: ['b2b'], external_id: '4711', order_name: 'Gift 2', currency: 'CHF' };
    expect(changedBy(before(), upsert(sent))).toMatchObject([
      { changed: ['order_name', 'external_id', 'currency', 'segments', 'weight'] },
    ]);
  });

  it('replaces the whole address in an upsert and merges it in an update', () => {
    const wanted = { city: 'Musterstadt', zip_code: '12346' };
    expect(alive(upsert(full), upsert({ address: wanted })).details.address).toMatchObject({
      name: null,
      city: 'Musterstadt',
      zipCode: '12346',
    });
    const merged = command('update-order', { address: { city: 'Musterstadt', country_code: null } });
    expect(alive(upsert(full), merged).details.address).toMatchObject({
      name: 'Alex Example',
      city: 'Musterstadt',
      countryCode: null,
      zipCode: '12345',
    });
  });
});

describe('values that are shown by default', () => {
  const lines = { ...address, address_line_1: 'Musterstraße 1', address_line_2: '2. OG' };

  it.each([
    { about: 'the lines joined', sent: {}, street: 'Musterstraße 1, 2. OG' },
    { about: 'of one line', sent: { address_line_2: null }, street: 'Musterstraße 1' },
    { about: 'of no line', sent: { address_line_1: null, address_line_2: null }, street: null },
    { about: 'as given', sent: { street: 'Postfach 7' }, street: 'Postfach 7' },
  ])('street: $about', ({ sent, street }) => {
    const order = alive(upsert({ ...orderInput, address: { ...lines, ...sent } }));
    expect(orderSnapshot(order).address.street).toBe(street);
  });

  it('street: giving what is shown is a change, since it no longer follows the lines', () => {
    const order = alive(upsert({ ...orderInput, address: lines }));
    const given = command('update-order', { address: { street: 'Musterstraße 1, 2. OG' } });
    expect(decide(order, given)).toMatchObject({ events: [{ changed: ['address'] }] });
  });

  it('external_id: the number until it is given; giving the same is a change, since it is taken then', () => {
    const order = alive(place);
    expect(orderSnapshot(order).external_id).toBe('10001');
    expect(changedBy(order, upsert({ external_id: '10001' }))).toMatchObject([{ changed: ['external_id'] }]);
    expect(changedBy(order, upsert({ external_id: null }))).toMatchObject({ reason: 'nothing_changed' });
  });
});

describe('another currency', () => {
  const priced = {
    ...orderInput,
    total_order_price: 76.88,
    discount_price: 0.5,
    products: [{ ...shirt, tax_lines: [{ price: 9.58 }, { price: 9.58, currency: 'EUR' }] }],
  };
  const packed = attach({ ...first, products: [{ ...shirt, quantity: 1 }] });

  it('keeps the major value of what is not sent with it, rounded to the new exponent', () => {
    const order = alive(upsert(priced), packed, upsert({ currency: 'jpy', total_order_price: 100.4 }));
    expect(orderSnapshot(order)).toMatchObject({
      currency: 'JPY',
      total_order_price: 100,
      discount_price: 1,
      products: [{ price: 30, tax_lines: [{ price: 10 }, { price: 9.58, currency: 'EUR' }] }],
      shipments: [{ products: [{ price: 30 }] }, {}],
    });
  });

  it('names what is shown differently after the rounding, and only that', () => {
    const order = alive(upsert(priced), packed);
    expect(changedBy(order, upsert({ currency: 'JPY' }))).toMatchObject([
      { changed: ['total_order_price', 'discount_price', 'currency', 'products'], changedSlots: [1] },
    ]);
    expect(changedBy(order, upsert({ currency: 'KWD' }))).toMatchObject([
      { changed: ['currency'], changedSlots: [] },
    ]);
    expect(alive(upsert(priced), packed, upsert({ currency: 'KWD' })).details.totalPriceMinor).toBe(76_880);
  });
});

describe('segments', () => {
  const campaign = (...wanted: readonly OrderCommand[]) => alive(...wanted).campaignSegments;
  const placed = upsert({ ...orderInput, segments: [' default', 'b2b', 'default'] });
  const changed = upsert({ segments: ['vip'] });

  it('are followed by the campaign segments until the first dispatch', () => {
    expect(campaign(placed)).toEqual(['default', 'b2b']);
    expect(campaign(placed, changed)).toEqual(['vip']);
    expect(campaign(placed, attach(first), changed)).toEqual(['default', 'b2b']);
    const both = command('upsert-order', { order: { segments: ['vip'] }, trackings: [first] });
    expect(campaign(placed, both)).toEqual(['vip']);
  });
});

describe('the analytics map', () => {
  const inside = { order: { ...orderInput, order_analytics: { campaign: 'inside' } } };

  it('beside the order wins over the one inside', () => {
    expect(alive(command('upsert-order', inside)).analytics).toEqual({ campaign: 'inside' });
    expect(
      alive(command('upsert-order', { ...inside, order_analytics: { source: 'beside' } })).analytics,
    ).toEqual({ source: 'beside' });
    expect(alive(command('place-order', { ...inside, order_analytics: null })).analytics).toEqual({});
  });

  it('is replaced as a whole, whatever the order of its members', () => {
    const set = (map: object | null) => command('upsert-order-analytics', { order_analytics: map });
    const order = alive(place, set({ campaign: 'Winter drop', medium: 'email' }));
    expect(decide(order, set({ medium: 'email', campaign: 'Winter drop' }))).toMatchObject({
      reason: 'nothing_changed',
    });
    expect(decide(order, set({ medium: 'email' }))).toMatchObject({
      events: [
        { analytics: { medium: 'email' }, previousAnalytics: { campaign: 'Winter drop', medium: 'email' } },
      ],
    });
    expect(decide(order, set(null))).toMatchObject({ events: [{ analytics: {} }] });
  });
});

describe('times', () => {
  it('of creation and of the last fact are command times, and a slot remembers its own', () => {
    const order = alive(place, command('update-order', { address: { name: 'Kim Muster' } }));
    expect(order).toMatchObject({
      createdAt: placedAt,
      updatedAt: '2026-01-12T09:00:00.000Z',
      slotsChangedAt: placedAt,
    });
    expect(alive(place, attach(first)).slotsChangedAt).toBe('2026-01-12T09:00:00.000Z');
  });

  it('of a purchase and of a cancellation default to the command time', () => {
    const { order_placed_at: _, ...input } = orderInput;
    expect(alive(upsert(input)).details.orderPlacedAt).toBe('2026-01-12T09:00:00.000Z');
    expect(
      decide(alive(place), command('cancel-order', { cancelled_at: '2026-01-11T08:00:00Z' })),
    ).toMatchObject({
      events: [
        { cancelledAt: '2026-01-11T08:00:00.000Z', reason: null, removed: [{ ordinal: 1 }, { ordinal: 2 }] },
      ],
    });
  });
});
