import { orderStatuses, type OrderStatus } from '@waybill/contracts';
import { Paging, QueryOneOf, QueryText, QueryTime, QueryUuid } from '@waybill/service';

/** What orders can be searched by. All that is given must hold. */
export class OrderSearch extends Paging {
  @QueryUuid('the order id')
  readonly uuid?: string;

  @QueryText(64, 'the number, as the customer knows it')
  readonly order_number?: string;

  @QueryText(64, 'the display name')
  readonly order_name?: string;

  @QueryText(128, 'the id in the shop system; an order that was given none goes by its number')
  readonly external_id?: string;

  @QueryText(320, 'the email address, upper and lower case alike')
  readonly email_id?: string;

  @QueryText(16, 'the zip code of the address')
  readonly zip_code?: string;

  @QueryOneOf(orderStatuses, 'the status')
  readonly status?: OrderStatus;

  @QueryTime('placed at or after this time')
  readonly order_placed_from?: string;

  @QueryTime('placed before this time')
  readonly order_placed_to?: string;

  @QueryTime('a parcel was added or changed at or after this time')
  readonly shipment_updated_since?: string;
}
