import { eventCatalogue, type CatalogueRow } from './event-catalogue';
import { eventGroups } from './event-groups';
import { phaseInfo } from './phase-info';

// written down from the domain, not from the code: who changes a row changes it in both

/** Domain 5.2: name, phase, group of a forward parcel, group of a return, flag. */
const catalogue = `
  ORDER_CREATED                     order_created   shipment_pre_transit                              –                          –
  ORDER_IN_PROCESSING               order_processed shipment_pre_transit                              –                          –
  ORDER_CANCELLED                   order_created   shipment_order_cancelled                          –                          –
  LABEL_CREATED                     order_processed shipment_pre_transit                              return_shipment_created    –
  READY_FOR_CARRIER_PICKUP          order_processed shipment_pre_transit                              –                          –
  CARRIER_PICKED_UP                 in_transit      shipment_in_transit                               return_shipment_in_transit –
  ARRIVAL_AT_TRANSPORT_HUB          in_transit      –                                                 –                          –
  DEPARTURE_FROM_TRANSPORT_HUB      in_transit      shipment_in_transit                               return_shipment_in_transit –
  IN_CUSTOMS                        in_transit      –                                                 –                          –
  CUSTOMS_CLEARED                   in_transit      –                                                 –                          –
  CARRIER_CHANGED                   in_transit      shipment_carrier_changed                          –                          –
  DELAYED                           in_transit      shipment_carrier_delay                            return_shipment_delayed    delay
  DAMAGED                           in_transit      shipment_damaged                                  return_shipment_failed     error
  LOST                              in_transit      shipment_damaged                                  return_shipment_failed     error
  CUSTOMER_REQUESTED_LATER_DELIVERY in_transit      shipment_delayed_due_to_customer_request          –                          delay
  ARRIVAL_AT_DELIVERY_DEPOT         in_transit      –                                                 –                          –
  OUT_FOR_DELIVERY                  in_delivery     shipment_out_for_delivery                         –                          normal
  DELIVERY_ATTEMPTED                in_delivery     shipment_delivery_failed                          –                          delay
  SECOND_DELIVERY_ATTEMPT           in_delivery     shipment_delivery_second_attempt                  –                          delay
  ADDRESS_ISSUE                     delivery_failed shipment_delivery_failed_address_issue            return_shipment_failed     error
  DELIVERY_FAILED                   delivery_failed shipment_delivery_failed                          return_shipment_failed     error
  FORWARDED_TO_PARCEL_SHOP          collect         shipment_delivery_failed_forwarded_to_parcel_shop –                          delay
  ARRIVED_AT_PARCEL_SHOP            collect         shipment_delivered_to_parcel_shop                 –                          normal
  ARRIVED_AT_PARCEL_LOCKER          collect         shipment_delivered_to_parcel_locker               –                          normal
  PICKED_UP_BY_CUSTOMER             delivered       shipment_picked_up                                –                          normal
  SUCCESSFULLY_DELIVERED            delivered       shipment_delivered                                return_shipment_delivered  normal
  DELIVERED_TO_NEIGHBOUR            delivered       shipment_delivered_to_neighbour                   –                          normal
  DELIVERED_TO_LETTERBOX            delivered       shipment_delivered_to_letterbox                   –                          normal
  REFUSED_BY_RECIPIENT              returned        shipment_refused_then_returned                    –                          error
  NOT_PICKED_UP                     returned        shipment_not_picked_up_then_returned              –                          error
  RETURNED_TO_SENDER                returned        shipment_failed_returned                          –                          error
  RETURN_REGISTERED                 return_created  –                                                 return_shipment_created    –
  RETURN_IN_TRANSIT                 return_transit  –                                                 return_shipment_in_transit –
  RETURN_RECEIVED                   return_received –                                                 return_shipment_delivered  normal
  RETURN_FAILED                     return_failed   –                                                 return_shipment_failed     error`;

/** Domain 3.3: phase, rank, sink, state. */
const phases = `
  order_created   1  –    pending
  order_processed 2  –    pending
  return_created  3  –    returned
  in_transit      4  –    transit
  return_transit  5  –    returned
  in_delivery     6  –    transit
  delivery_failed 7  –    transit
  collect         8  –    collect
  return_failed   9  –    returned
  delivered       10 sink delivered
  returned        11 sink returned
  return_received 12 sink returned`;

/** Domain 5.3, by number. */
const groups = `
  claim_created claim_updated shipment_pre_transit
  shipment_in_transit shipment_damaged shipment_carrier_delay
  shipment_out_for_delivery shipment_delivery_failed shipment_delivery_failed_forwarded_to_parcel_shop
  shipment_delivery_failed_address_issue shipment_delivery_second_attempt shipment_delivered
  shipment_delivered_to_neighbour shipment_delivered_to_letterbox shipment_delivered_to_parcel_shop
  shipment_delivered_to_parcel_locker shipment_picked_up shipment_failed_returned
  shipment_refused_then_returned shipment_not_picked_up_then_returned shipment_delayed_due_to_customer_request
  shipment_delivered_all_events shipment_internal_trigger shipment_carrier_changed
  shipment_order_cancelled return_shipment_created return_shipment_in_transit
  return_shipment_delayed return_shipment_delivered return_shipment_failed`;

const rowsOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));

describe('as the domain has them (invariant 34)', () => {
  it('each event name has one phase, one group for each direction, and one effect on the flag', () => {
    const rows: [string, CatalogueRow][] = Object.entries(eventCatalogue);
    const shown = rows.map(([name, { phase, group, flag }]) =>
      [name, phase, group.merchant_customer, group.customer_merchant, flag].map((cell) => cell ?? '–'),
    );
    expect(shown).toEqual(rowsOf(catalogue));
  });

  it('no event name comes twice', () => {
    const names = rowsOf(catalogue).map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('each phase has its rank and its state', () => {
    const shown = Object.entries(phaseInfo).map(([phase, { rank, isSink, state }]) => [
      phase,
      String(rank),
      isSink ? 'sink' : '–',
      state,
    ]);
    expect(shown).toEqual(rowsOf(phases));
  });

  it('there are these groups', () => {
    expect([...eventGroups]).toEqual(rowsOf(groups).flat());
  });
});
