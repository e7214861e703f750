import { message } from './message';
import type { ParcelSnapshot } from './parcel-figure';
import type { PlannedMessage } from './planned-message';

const hourMs = 60 * 60 * 1000;

/** The first full hour after all that the rows tell: whatever was not delivered by then is overdue. */
export function lastHourOf(times: Iterable<string>): string {
  let lastMs = 0;
  for (const time of times) lastMs = Math.max(lastMs, Date.parse(time));
  return new Date((Math.floor(lastMs / hourMs) + 1) * hourMs).toISOString();
}

/** What the hourly timer of the shipments service would send as of a moment: one check for each parcel that is due. */
export function overdueChecks(
  parcels: Iterable<ParcelSnapshot>,
  asOf: string,
  shop: string,
): PlannedMessage[] {
  return [...parcels]
    .filter((parcel) => isDue(parcel, asOf))
    .map((parcel) =>
      message({
        service: 'shipments',
        key: parcel.order_id,
        name: 'check-estimated-arrival',
        commandId: `${parcel.shipment_id}/overdue/${asOf}`,
        source: 'shipments',
        at: asOf,
        data: { shop_slug: shop, shipment_id: parcel.shipment_id, as_of: asOf },
        gist: `was it due by ${asOf.slice(0, 10)}?`,
        orderNumber: parcel.order_number,
        purpose: 'check',
      }),
    );
}

const arrived: readonly string[] = ['delivered', 'returned', 'return_received', 'collect'];

function isDue({ status, phase, flag, estimated_arrival: estimate }: ParcelSnapshot, asOf: string): boolean {
  const canBeLate = status !== 'withdrawn' && flag === 'normal' && !arrived.includes(phase);
  return canBeLate && estimate !== null && estimate.to < asOf;
}
