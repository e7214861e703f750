import { breakLines } from './break';
import { outside } from './command-breaks';
import {
  adding,
  alsoType,
  changing,
  deployed,
  type Draft,
  inSnapshot,
  offering,
  planted,
  removing,
  requiring,
  topicChange,
  withoutType,
} from './planted.spec-data';
import { breaksOf, deployOrder } from './verdict';

const history = 'who reads orders.events from its beginning';
const without = (value: string) => (values: string[]) => values.filter((one) => one !== value);
const also = (value: string) => (values: string[]) => [...values, value];
const text = { type: 'string' };

type Row = [
  change: string,
  service: string,
  plant: (draft: Draft) => void,
  ...broken: [who: string, what: string][],
];

const breaking: Row[] = [
  // facts
  [
    'a removed member that is read',
    'orders',
    removing('OrderSnapshot', 'currency'),
    ['claims', 'order.currency'],
    ['analytics', 'order.currency'],
  ],
  [
    'a removed member below a list',
    'orders',
    removing('ProductSnapshot', 'sku'),
    ['shipments', 'changes.shipments[].products[].sku'],
    ['shipments', 'products[].sku'],
    ['claims', 'order.products[].sku'],
    ['analytics', 'order.products[].sku'],
  ],
  [
    'a new value of a fact',
    'orders',
    offering('OrderSnapshot', 'status', also('lost')),
    ['analytics', 'order.status'],
  ],
  [
    'another type of a fact member',
    'orders',
    changing('OrderCancelled', 'cancelled_at', { type: 'integer' }),
    ['shipments', 'cancelled_at'],
    [history, 'cancelled_at'],
  ],
  [
    'null where there was none',
    'orders',
    changing('OrderCancelled', 'cancelled_at', { type: ['string', 'null'] }),
    ['shipments', 'cancelled_at'],
  ],
  [
    'a fact member that is read and may be absent',
    'orders',
    requiring('OrderCancelled', 'cancelled_at', false),
    ['shipments', 'cancelled_at'],
  ],
  [
    'a longer text in a fact',
    'orders',
    changing('AddressSnapshot', 'city', { maxLength: 200 }),
    ['claims', 'order.address.city'],
  ],
  [
    'a wider range in a fact',
    'orders',
    changing('OrderPlaced', 'placed_at', { pattern: '.' }),
    ['shipments', 'placed_at'],
    [history, 'placed_at'],
  ],
  [
    'a greater number in a fact',
    'claims',
    changing('ClaimSnapshot', 'selected_items', { maxItems: 5000 }),
    ['analytics', 'claim.selected_items'],
  ],
  [
    'a fact that is not published any more',
    'orders',
    withoutType('orders.order-cancelled.v1'),
    ['shipments', ''],
  ],
  [
    'a newer version of a fact',
    'orders',
    alsoType('orders.order-cancelled.v2', 'orders.order-cancelled.v1'),
    ['shipments', ''],
    ['claims', ''],
    ['analytics', ''],
  ],
  [
    'a new kind of fact without what is read of all',
    'claims',
    ({ messages }) =>
      messages.push({
        type: 'claims.claim-praised.v1',
        kind: 'fact',
        topic: 'claims.events',
        schema: { type: 'object', properties: { claim_id: text }, required: ['claim_id'] },
      }),
    ['analytics', 'claim'],
    ['analytics', 'claim_id'],
    ['analytics', 'order_id'],
    ['analytics', 'shop_slug'],
  ],
  [
    'a new required member of a fact',
    'orders',
    adding('OrderSnapshot', 'colour', text, true),
    [history, 'order.colour'],
  ],
  [
    'a value fewer in a fact',
    'orders',
    offering('OrderSnapshot', 'status', without('cancelled')),
    [history, 'order.status'],
  ],
  // commands
  [
    'a value fewer in a command',
    'orders',
    offering('UpsertOrder', 'id_type', without('uuid')),
    [outside, 'id_type'],
  ],
  ['a new required member', 'orders', adding('CancelOrder', 'colour', text, true), [outside, 'colour']],
  [
    'a member that may not be absent any more',
    'orders',
    requiring('CancelOrder', 'reason', true),
    [outside, 'reason'],
  ],
  ['a removed member of a command', 'orders', removing('UpdateOrder', 'address'), [outside, 'address']],
  [
    'another type of a command member',
    'orders',
    changing('CancelOrder', 'reason', { type: 'integer' }),
    [outside, 'reason'],
  ],
  [
    'a shorter text in a command',
    'orders',
    changing('CancelOrder', 'reason', { maxLength: 100 }),
    [outside, 'reason'],
  ],
  [
    'a smaller range in a command',
    'orders',
    changing('UpdateOrder', 'expected_number_of_shipments', { minimum: 2 }),
    [outside, 'expected_number_of_shipments'],
  ],
  [
    'another pattern in a command',
    'orders',
    changing('CancelOrder', 'shop_slug', { pattern: '^demo-' }),
    [outside, 'shop_slug'],
  ],
  [
    'a new rule of a whole command',
    'orders',
    ({ definitions }) => Object.assign(definitions['CancelOrder'] ?? {}, { allOf: [{ minProperties: 4 }] }),
    [outside, ''],
  ],
  ['a command that is gone', 'claims', withoutType('claims.delete-claim.v1'), [outside, '']],
  [
    'a value fewer in a command of reactions',
    'shipments',
    offering('WithdrawShipment', 'cause', without('order_cancelled')),
    ['shipments', 'cause'],
  ],
  [
    'a new required member of a command of reactions',
    'shipments',
    adding('DraftShipment', 'weight', text, true),
    ['shipments', 'weight'],
  ],
  [
    'a member of a command of reactions that is gone',
    'orders',
    removing('RecordShipmentProgress', 'had_delay'),
    ['orders', 'had_delay'],
  ],
  [
    'a command of reactions that is gone',
    'orders',
    withoutType('orders.record-shipment-progress.v1'),
    ['orders', ''],
  ],
  // topics
  [
    'a renamed event topic',
    'orders',
    topicChange('orders.events', { name: 'orders.facts' }),
    ['orders shipments claims analytics', ''],
  ],
  [
    'a renamed command topic',
    'claims',
    topicChange('claims.commands', { name: 'claims.requests' }),
    [`claims ${outside}`, ''],
  ],
  ['a topic of its own that is gone', 'orders', ({ topics }) => topics.pop(), ['orders', '']],
  [
    'another key of facts',
    'claims',
    topicChange('claims.events', { key: 'claim id' }),
    ['claims analytics', ''],
  ],
  [
    'another key of commands',
    'shipments',
    topicChange('shipments.commands', { key: 'shipment id' }),
    [`shipments ${outside}`, ''],
  ],
  [
    'another number of partitions',
    'shipments',
    topicChange('shipments.events', { partitions: 24 }),
    ['shipments orders claims', ''],
  ],
  // what the service itself reads and sends
  [
    'reading what nobody publishes yet',
    'claims',
    (draft) => {
      const order = inSnapshot(draft, 'orders.events', 'order');
      Object.assign(order.properties, { colour: text });
      order.required.push('colour');
    },
    ['claims', 'order.colour'],
  ],
  [
    'not knowing a value that is published',
    'analytics',
    (draft) => {
      const claim = inSnapshot(draft, 'claims.events', 'claim').properties as { status: { enum: string[] } };
      claim.status.enum.pop();
    },
    ['analytics', 'claim.status'],
  ],
  [
    'sending what old instances refuse',
    'shipments',
    (draft) => {
      adding('DraftShipment', 'weight', text, false)(draft);
      for (const { types, schema } of draft.sends)
        if (types.includes('shipments.draft-shipment.v1'))
          Object.assign(schema['properties'] as object, { weight: text });
    },
    ['shipments', 'weight'],
  ],
];

const compatible: Row[] = [
  ['nothing', 'orders', () => {}],
  ['an added optional member of a fact', 'orders', adding('OrderSnapshot', 'colour', text, false)],
  ['a removed member that nobody reads', 'orders', removing('OrderSnapshot', 'is_fulfilled')],
  ['a new value where nobody reads it', 'shipments', offering('ShipmentEvent', 'origin', also('robot'))],
  ['a member that nobody reads and may be absent', 'orders', requiring('OrderSnapshot', 'order_name', false)],
  [
    'another type where nobody reads it is kept wider',
    'orders',
    changing('OrderSnapshot', 'weight', { maximum: 1e9 }),
  ],
  ['a new kind of fact', 'orders', alsoType('orders.order-praised.v1', 'orders.order-cancelled.v1')],
  ['an added optional member of a command', 'orders', adding('CancelOrder', 'colour', text, false)],
  ['a further value of a command', 'orders', offering('UpsertOrder', 'id_type', also('barcode'))],
  ['a longer text in a command', 'orders', changing('CancelOrder', 'reason', { maxLength: 1000 })],
  [
    'a wider range in a command',
    'orders',
    changing('UpdateOrder', 'expected_number_of_shipments', { maximum: 200 }),
  ],
  ['a member of a command that may be absent now', 'claims', requiring('CreateClaim', 'reason', false)],
  [
    'a member of a command that may be null now',
    'orders',
    changing('UpsertOrder', 'id_type', { type: ['string', 'null'] }),
  ],
  ['a new command', 'orders', alsoType('orders.praise-order.v1', 'orders.cancel-order.v1')],
  [
    'a rule fewer of a whole command',
    'orders',
    ({ definitions }) => delete definitions['UpdateOrder']?.['allOf'],
  ],
  [
    'a new topic',
    'orders',
    ({ topics }) => topics.push({ name: 'orders.retry.1h', key: '', partitions: 12 }),
  ],
  [
    'reading more of what is published',
    'claims',
    (draft) =>
      Object.assign(inSnapshot(draft, 'orders.events', 'order').properties, {
        email_id: { type: ['string', 'null'] },
      }),
  ],
];

const verdict = (service: string, plant: (draft: Draft) => void) =>
  breaksOf(service, planted(service, plant), deployed);

describe('deploying one service beside the others', () => {
  it.each(breaking)('%s of %s is not safe', (_, service, plant, ...broken) => {
    const found = verdict(service, plant).map(({ parties, member }) => [parties.join(' '), member]);
    expect(new Set(found.map(String))).toEqual(new Set(broken.map(String)));
    expect(found.length).toBe(broken.length);
    expect(found).not.toEqual([]);
  });

  it.each(compatible)('%s of %s is safe', (_, service, plant) => {
    expect(verdict(service, plant)).toEqual([]);
  });

  it('says what breaks, and what would make it safe', () => {
    const lines = (service: string, plant: (draft: Draft) => void) =>
      verdict(service, plant).flatMap(breakLines);
    expect(lines('orders', removing('OrderSnapshot', 'campaign_segments'))).toEqual([
      'claims reads order.campaign_segments in orders.order-placed.v1 and 7 more, which is not there now',
      '  to make it safe: keep it until claims is deployed without it (libs/contracts/src/uses/claims.uses.ts)',
      'analytics reads order.campaign_segments in orders.order-placed.v1 and 7 more, which is not there now',
      '  to make it safe: keep it until analytics is deployed without it (libs/contracts/src/uses/analytics.uses.ts)',
    ]);
    expect(lines('orders', adding('CancelOrder', 'colour', text, true))).toEqual([
      'a producer outside does not send colour in orders.cancel-order.v1, which is required now',
      '  to make it safe: make it optional',
    ]);
    expect(lines('claims', topicChange('claims.events', { key: 'claim id' }))).toEqual([
      'claims and analytics use claims.events, whose key was order id and is claim id now: what belongs together would not stay in order',
      '  to make it safe: keep the key, or write to a topic of a new name',
    ]);
    expect(lines('shipments', topicChange('shipments.events', { name: 'shipments.facts' }))).toEqual([
      'shipments, orders, and claims use shipments.events, which is gone',
      '  to make it safe: keep the topic, or move everybody to one of a new name before',
    ]);
  });

  it('what was so before is not held against a release', () => {
    const eager = planted('claims', (draft) => {
      Object.assign(inSnapshot(draft, 'orders.events', 'order').properties, { colour: text });
    });
    const ledger = { ...deployed, claims: eager };
    expect(breaksOf('claims', eager, deployed)).toEqual([]);
    expect(
      breaksOf(
        'orders',
        planted('orders', () => {}),
        ledger,
      ),
    ).toEqual([]);
    const colourful = {
      ...ledger,
      orders: planted('orders', adding('OrderSnapshot', 'colour', text, false)),
    };
    expect(
      breaksOf(
        'orders',
        planted('orders', () => {}),
        colourful,
      ),
    ).toMatchObject([{ parties: ['claims'], member: 'order.colour' }]);
  });

  it('a new service is safe where what it reads is there', () => {
    const { analytics: entry, ...others } = deployed;
    if (!entry) throw new Error('no analytics');
    expect(breaksOf('analytics', entry, others)).toEqual([]);
    expect(breaksOf('analytics', entry, {})).toEqual([]);
  });
});

describe('deploying all of a checkout, one after the other', () => {
  const status = offering('OrderSnapshot', 'status', also('lost'));
  const orders = planted('orders', status);
  const knowing = planted('analytics', (draft) => {
    const order = inSnapshot(draft, 'orders.events', 'order').properties as { status: { enum: string[] } };
    order.status.enum.push('lost');
  });

  it('begins with readers that know what comes', () => {
    const checkout = { ...deployed, orders, analytics: knowing };
    expect(deployOrder(checkout, deployed)).toEqual({
      order: ['analytics', 'orders'],
      stuck: [],
      deployed: checkout,
    });
  });

  it('leaves over what no order makes safe', () => {
    expect(deployOrder({ ...deployed, orders }, deployed)).toMatchObject({ order: [], stuck: ['orders'] });
  });

  it('is nothing where nothing changed', () => {
    expect(deployOrder(deployed, deployed)).toEqual({ order: [], stuck: [], deployed });
  });
});
