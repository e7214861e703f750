import { plainText, type Showing } from '../aggregate/aggregate-screen';
import { minuteOf } from '../aggregate/fact-gist';

/** What a claim is now: what it is about, what is wanted, what became of it. */
export const claimShowing: Showing = {
  noun: 'claim',
  summary: (claim) => [
    ['order', `${plainText(claim['shop_slug'])}/${plainText(claim['order_number'])}`],
    ['order_id', plainText(claim['order_id'])],
    ['shipment', plainText(claim['shipment_id'])],
    ['number', `${plainText(claim['tracking_number'])}, ${plainText(claim['carrier_reference'])}`],
    ['reason', plainText(claim['reason'])],
    ['wanted', plainText(claim['resolution_preference']) || '–'],
    ['status', plainText(claim['status'])],
    ['deleted', minuteOf(claim['deleted_at']) || '–'],
  ],
};
