import { contractOf, validatorOf } from '@waybill/contracts';
import { whenShipmentProgressesUpdateOrder } from './when-shipment-progresses-update-order';

const orderId = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
const shipmentId = 'c376e889-76c9-5c95-ad8b-a381eae0408d';

const arrival = {
  from: '2026-01-14T08:00:00.000Z',
  to: '2026-01-14T18:00:00.000Z',
  predicted_at: '2026-01-13T02:10:00.000Z',
};

/** Shipment 1 of the worked examples after its hub scan, as far as a reader needs it. */
const shipment = {
  shipment_id: shipmentId,
  carrier_reference: 'dhl',
  phase: 'in_transit',
  phase_since: '2026-01-13T02:10:00.000Z',
  state: 'transit',
  flag: 'normal',
  estimated_arrival: arrival,
  delivered_at: null,
  picked_up_at: '2026-01-13T02:10:00.000Z',
  had_delay: false,
  events: [],
};

const react = (name: string, data: object, sequence = 7) =>
  whenShipmentProgressesUpdateOrder
    .filter(({ on }) => on === `shipments.${name}.v1`)
    .flatMap((reaction) =>
      reaction.react({
        type: reaction.on,
        aggregateId: shipmentId,
        sequence,
        id: `${shipmentId}/${sequence}`,
        source: 'shipments',
        time: '2026-01-13T02:11:00.000Z',
        data: { shop_slug: 'demo-shop', order_id: orderId, order_number: '10001', shipment, ...data },
        topic: 'shipments.events',
        partition: 0,
        offset: 0,
      }),
    );

it('tells the order what it shows of the parcel, as in the worked example', () => {
  const [command, ...rest] = react('shipment-updated', { changed: ['estimated_arrival'] });
  expect(rest).toEqual([]);
  expect(command).toMatchObject({
    type: 'orders.record-shipment-progress.v1',
    target: { aggregateId: orderId, key: 'demo-shop/10001' },
  });
  // text, because the order of the members is part of the example
  expect(JSON.stringify(command?.data)).toBe(
    JSON.stringify({
      shop_slug: 'demo-shop',
      id: '10001',
      id_type: 'order_number',
      shipment_id: shipmentId,
      shipment_sequence: 7,
      phase: 'in_transit',
      phase_since: '2026-01-13T02:10:00.000Z',
      flag: 'normal',
      estimated_arrival: arrival,
      picked_up_at: '2026-01-13T02:10:00.000Z',
      had_delay: false,
      carrier_reference: 'dhl',
    }),
  );
  const contract = contractOf('orders.record-shipment-progress.v1');
  expect(contract && validatorOf(contract)(command?.data)).toEqual([]);
});

describe('which facts of a shipment an order hears of', () => {
  it.each([
    { name: 'shipment-phase-changed', data: {}, heard: true },
    { name: 'shipment-flagged', data: {}, heard: true },
    ...['estimated_arrival', 'carrier_reference', 'phase_since', 'picked_up_at', 'had_delay'].map(
      (field) => ({
        name: 'shipment-updated',
        data: { changed: ['products', field] },
        heard: true,
      }),
    ),
    {
      name: 'shipment-updated',
      data: { changed: ['tracking_url', 'external_shipment_id', 'products', 'pickup'] },
      heard: false,
    },
    { name: 'shipment-drafted', data: {}, heard: false },
    { name: 'shipment-fulfilled', data: {}, heard: false },
    { name: 'shipment-event-recorded', data: {}, heard: false },
    { name: 'shipment-withdrawn', data: {}, heard: false },
  ])('$name $data: $heard', ({ name, data, heard }) => {
    const commands = react(name, data, 8);
    expect(
      commands.map((command) => (command.data as { shipment_sequence: number }).shipment_sequence),
    ).toEqual(heard ? [8] : []);
  });
});
