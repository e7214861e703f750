import { orderId, shipmentId } from '@waybill/contracts';
import { message } from '../play/message';
import type { Expectation, PlannedMessage } from '../play/planned-message';
import type { OlistOrder } from './olist-order';
import { numberOf } from './row-messages';

/** What carriers get wrong, around one dispatched order and one that was cancelled in time. Nothing of it may change a figure. */
export function deliberateScans(
  hero: OlistOrder,
  cancelled: OlistOrder | undefined,
  shop: string,
): PlannedMessage[] {
  const at = hero.handedOverAt ?? hero.purchasedAt;
  const invalid = { outcome: 'refused', key: 'validation_error' } as const;
  const number = numberOf(hero);
  const pickedUp = { ...number, event_name: 'CARRIER_PICKED_UP', event_time: at };
  const send = (id: string, gist: string, data: object, expected: Expectation, name = 'record-scan') =>
    message({
      service: 'shipments',
      key: `${number.carrier_reference}/${number.tracking_number}`,
      name,
      commandId: `deliberate/${id}`,
      at,
      data: { shop_slug: shop, ...data },
      gist,
      purpose: 'deliberate',
      expected,
    });
  return [
    send(
      'scan-equal',
      'a scan that is recorded, in a new message',
      { ...pickedUp, external_id: `P-${hero.orderId}` },
      { outcome: 'ignored', reason: 'duplicate' },
    ),
    send(
      'scan-carrier',
      'a carrier that does not exist',
      { ...pickedUp, carrier_reference: 'pigeon' },
      { outcome: 'refused', key: 'carrier_reference_invalid' },
    ),
    send('scan-number', 'a scan without a number', { ...pickedUp, tracking_number: undefined }, invalid),
    send('scan-zone', 'a time zone that does not exist', { ...pickedUp, timezone: 'Mars/Olympus' }, invalid),
    send(
      'scan-future',
      'a scan of the day after tomorrow',
      { ...pickedUp, event_time: twoDaysAfter(at) },
      { outcome: 'refused', key: 'event_time_in_future' },
    ),
    send(
      'event-nobody',
      'an event of a parcel that nobody has',
      {
        shipment_id: shipmentId(orderId(shop, 'NO-SUCH-ORDER'), 1),
        event_name: 'GIFT_WRAPPED',
        event_time: at,
        external_id: 'gift',
      },
      { outcome: 'refused', key: 'shipment_not_found' },
      'add-shipment-event',
    ),
    ...(cancelled
      ? [
          send(
            'estimate-withdrawn',
            'an estimate for a parcel that will never leave',
            { shipment_id: shipmentId(orderId(shop, cancelled.orderId), 1), to: twoDaysAfter(at) },
            { outcome: 'refused', key: 'shipment_withdrawn' },
            'update-estimated-arrival',
          ),
        ]
      : []),
    {
      service: 'shipments',
      key: null,
      value: '{"specversion":"1.0","type":"shipments.record-sc',
      at,
      name: '–',
      gist: 'a scan that was cut off',
      purpose: 'deliberate',
      expected: { outcome: 'dead-letter', kind: 'malformed' },
    },
  ];
}

const twoDaysAfter = (time: string): string =>
  new Date(Date.parse(time) + 2 * 24 * 60 * 60 * 1000).toISOString();
