import { ShipmentsOnMongo } from './shipment.engine.spec-data';
import { attachedAt, attachment, orderId, shipmentId, trackingNumber } from './shipment.samples.spec-data';

let shipments: ShipmentsOnMongo;
beforeAll(async () => {
  shipments = await ShipmentsOnMongo.open();
});
afterAll(() => shipments.close());

const sent = (id: string, name: string, time: string, data: object) => ({
  id,
  type: `shipments.${name}.v1`,
  source: 'dhl-feed',
  time,
  data: { shop_slug: 'demo-shop', ...data },
});
const estimate = (id: string, time: string, to: string) =>
  sent(id, 'update-estimated-arrival', time, {
    carrier_reference: 'dhl',
    tracking_number: trackingNumber,
    to,
  });

it('a kept estimate keeps the time at which it was sent, and is told at the time of the attachment', async () => {
  await shipments.send(
    estimate('m-1', '2026-01-11T08:00:00.000Z', '2026-01-16T18:00:00.000Z'),
    estimate('m-2', '2026-01-11T09:00:00.000Z', '2026-01-15T18:00:00.000Z'),
  );
  expect(shipments.facts).toEqual([]);
  const parcel = { order_id: orderId, order_number: '10001', shipment_id: shipmentId };
  await shipments.send(
    sent('m-3', 'fulfil-shipment', attachedAt, { ...parcel, ...attachment, appended: true }),
  );
  const last = JSON.parse(String(shipments.facts.at(-1)));
  expect(last).toMatchObject({ type: 'shipments.shipment-updated.v1', time: attachedAt });
  expect(last.data.shipment.estimated_arrival).toEqual({
    from: null,
    to: '2026-01-15T18:00:00.000Z',
    predicted_at: '2026-01-11T09:00:00.000Z',
  });
});
