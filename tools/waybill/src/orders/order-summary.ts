import { plainText, type Showing, type Snapshot } from '../aggregate/aggregate-screen';

const shown = ['shop_slug', 'order_number', 'status', 'order_placed_at', 'currency', 'total_order_price'];

/** What an order is now, and how far each of its parcels is. */
export const orderShowing: Showing = {
  noun: 'order',
  summary: (order) => [
    ...shown.map((name): [string, string] => [name, plainText(order[name])]),
    ...slotsOf(order).map((slot): [string, string] => [
      `parcel ${plainText(slot['ordinal'])}`,
      [slot['status'], slot['phase'], slot['flag'], slot['carrier_reference'], slot['tracking_number']]
        .filter((part) => typeof part === 'string' && part !== 'normal')
        .join(', '),
    ]),
  ],
};

const slotsOf = ({ shipments }: Snapshot): Snapshot[] =>
  Array.isArray(shipments) ? (shipments as Snapshot[]) : [];
