import { orderId } from '@waybill/contracts';
import { canStartPrivateStack, command, type RunningParcels, startParcels } from '@waybill/testing';
import { shop } from './parcels.spec-data';
import { type SentSpan, TraceCollector } from './trace-collector.spec-data';

jest.setTimeout(180_000);

const number = 'traced-10001';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanOfSender = 'b7ad6b7169203331';

const personal = {
  email_id: 'alex.span@example.com',
  address: {
    name: 'Alex Spanne',
    address_line_1: 'Spurgasse 17',
    city: 'Spurstadt',
    country_code: 'DE',
    zip_code: '54321',
    phone: '+49 30 1234567',
  },
};
const tracking = { carrier_reference: 'dhl', tracking_number: '00340000000000054321' };
/** What must not be told: of the order, and of the command that has no order at all. */
const secrets = [
  personal.email_id,
  ...Object.values(personal.address).filter((value) => value.length > 2),
  tracking.tracking_number,
  number,
  'Kim Unplaced',
];

const upsert = {
  ...command('upsert-order', {
    shop_slug: shop,
    id: number,
    order: { order_number: number, ...personal },
    trackings: [tracking],
  }),
  correlationid: 'checkout-7',
  traceparent: `00-${traceId}-${spanOfSender}-01`,
};
const invalid = command('place-order', { shop_slug: shop, order: { address: { name: 'Kim Unplaced' } } });

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('with a collector, orders and shipments', () => {
  let collector: TraceCollector;
  let parcels: RunningParcels;

  beforeAll(async () => {
    collector = await TraceCollector.open();
    parcels = await startParcels({ env: { ...collector.env, LOG_LEVEL: 'debug' } });
  });
  afterAll(async () => {
    await parcels?.end();
    collector?.close();
  });

  const isOf =
    (id: string) =>
    ({ attributes }: SentSpan): boolean =>
      attributes['messaging.message.id'] === id;
  const told = ({ service, name, attributes }: SentSpan) => [
    service,
    name,
    attributes['cloudevents.event_type'],
  ];

  it('make one trace of a command, its facts, and what follows from them in both services', async () => {
    expect(await parcels.orders.client.ask(upsert)).toMatchObject({ outcome: 'accepted' });
    const last = await collector.until(
      ({ name, attributes }) =>
        name === 'process orders.commands' &&
        attributes['cloudevents.event_type'] === 'orders.record-shipment-progress.v1',
    );
    const line = await collector.lineUpTo(spanOfSender, last);
    expect(line.map(told)).toEqual([
      ['orders', 'process orders.commands', 'orders.record-shipment-progress.v1'],
      ['orders', 'process shipments.events', 'shipments.shipment-phase-changed.v1'],
      ['shipments', 'process shipments.commands', 'shipments.fulfil-shipment.v1'],
      ['shipments', 'process orders.events', 'orders.order-shipment-dispatched.v1'],
      ['orders', 'process orders.commands', 'orders.upsert-order.v1'],
    ]);
    expect(line.map((span) => span.traceId)).toEqual(line.map(() => traceId));
    expect(line.map(({ attributes }) => attributes['waybill.outcome'])).toEqual([
      'ignored',
      undefined,
      'accepted',
      undefined,
      'accepted',
    ]);
  });

  it('say in every fact and command of it which span made it', async () => {
    const made = await parcels.orders.client.facts(orderId(shop, number), 1);
    const [first] = collector.spans.filter(isOf(upsert.id));
    expect(made[0]?.traceparent).toBe(`00-${traceId}-${first?.spanId}-01`);
    const published = collector.spans.filter(({ parentSpanId }) => parentSpanId === first?.spanId);
    expect(published.map(({ name }) => name)).toContain('send orders.events');
  });

  it('log what became of a command under the ids by which it is looked for', async () => {
    const line = await parcels.orders.service.until(
      ({ msg, command_id }) => msg === 'a command was handled' && command_id === upsert.id,
    );
    expect(line).toMatchObject({ correlation_id: 'checkout-7', trace_id: traceId, outcome: 'accepted' });
  });

  it('log a dead letter with its id', async () => {
    const place = await parcels.orders.client.send(invalid);
    const letter = await parcels.orders.client.deadLetter(place);
    const line = await parcels.orders.service.until(
      ({ msg, command_id }) => msg === 'a message became a dead letter' && command_id === invalid.id,
    );
    expect(line).toMatchObject({ level: 'warn', kind: 'refused', key: letter.key, dead_letter: letter.id });
    const span = await collector.until(isOf(invalid.id));
    expect(span.traceId).toBe(line.trace_id);
    expect(span.attributes).toMatchObject({
      'waybill.outcome': 'refused',
      'waybill.outcome.key': letter.key,
    });
  });

  it('tell nobody who ordered what', () => {
    const said = [
      collector.text,
      ...[parcels.orders, parcels.shipments].map(({ service }) => JSON.stringify(service.lines)),
    ];
    expect(said.map((text) => text.includes(upsert.id))).toEqual([true, true, false]);
    for (const secret of secrets) for (const text of said) expect(text).not.toContain(secret);
  });
});
