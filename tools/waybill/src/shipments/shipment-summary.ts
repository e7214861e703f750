import { plainText, type Showing, type Snapshot } from '../aggregate/aggregate-screen';
import { minuteOf } from '../aggregate/fact-gist';

/** What a parcel is now: where it belongs, how far it is, when it is expected. */
export const shipmentShowing: Showing = {
  noun: 'shipment',
  summary: (shipment) => [
    ['order', `${plainText(shipment['shop_slug'])}/${plainText(shipment['order_number'])}`],
    ['order_id', plainText(shipment['order_id'])],
    ['parcel', plainText(shipment['ordinal'])],
    ['status', joined(plainText(shipment['status']), returning(shipment))],
    ['number', joined(plainText(shipment['tracking_number']), text(shipment['carrier_reference']))],
    ['phase', `${plainText(shipment['phase'])} since ${minuteOf(shipment['phase_since'])}`],
    ['flag', joined(plainText(shipment['flag']), shipment['had_delay'] === true ? 'had a delay' : '')],
    ['expected', expected(shipment)],
    ['picked up', minuteOf(shipment['picked_up_at']) || '–'],
    ['delivered', minuteOf(shipment['delivered_at']) || '–'],
    ['events', String(Array.isArray(shipment['events']) ? shipment['events'].length : 0)],
  ],
};

function expected({ estimated_arrival: estimate }: Snapshot): string {
  const { from, to, predicted_at: predictedAt } = (estimate ?? {}) as Snapshot;
  if (to === undefined) return '–';
  const period = from ? `${minuteOf(from)} – ${minuteOf(to)}` : `until ${minuteOf(to)}`;
  return `${period}, as of ${minuteOf(predictedAt)}`;
}

const returning = ({ direction }: Snapshot): string =>
  direction === 'customer_merchant' ? 'a return parcel' : '';
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const joined = (...parts: string[]): string => parts.filter(Boolean).join(', ');
