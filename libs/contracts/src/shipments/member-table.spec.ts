import { describeMembers, type MemberTable, type Rows } from '../member-table.spec-data';
import {
  bool,
  carrier,
  country,
  direction,
  id,
  int,
  orderNumber,
  oneOf,
  products,
  shop,
  text,
  time,
  trackingNumber,
  url,
  uuid,
  zip,
  type Kind,
} from '../orders/member-kinds.spec-data';
import { AdditionalInfoDto } from './additional-info.dto';
import { LocationDto } from './location.dto';
import { PickupAddressDto, PickupDto } from './pickup.dto';
import * as commands from './shipment-commands.dto';

const degrees = (max: number): Kind => ({
  good: [0, -max, max, 52.520_008],
  bad: [-max - 0.1, max + 0.1, String(max), {}, true],
});
const eventName: Kind = {
  good: ['CARRIER_PICKED_UP', 'a', 'Own_name_1', `A${'x'.repeat(63)}`],
  bad: ['', '1A', '_A', 'A-B', 'A B', ' A', `A${'x'.repeat(64)}`, 'Ä', 7, {}],
};
const zone: Kind = {
  good: [
    'Europe/Berlin',
    'UTC',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+1',
    'Europe/Kyiv',
    'Asia/Kolkata',
  ],
  bad: ['', 'Europe/Musterstadt', '+01:00', '+01', ' Europe/Berlin', 'MEZ', '../Berlin', 1, {}],
};
const hours: Kind = {
  good: [
    {},
    { mon: '8-20', ' tue ': ' ' },
    Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`day ${i}`, 'x'.repeat(500)])),
  ],
  bad: [
    [],
    'x',
    { mon: 8 },
    { mon: null },
    { mon: {} },
    { '': '8-20' },
    { mon: 'x'.repeat(501) },
    { ['x'.repeat(501)]: '8-20' },
    { mon: '\ud83d' },
    JSON.parse('{"__proto__":"8-20"}'),
    { ' __proto__ ': '8-20' },
    Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`day ${i}`, ''])),
  ],
};
const scanCarrier: Kind = { good: ['dhl', 'asendia_de'], bad: ['unknown', 'dhx', '', 'DHL', 7] };
const ordinal = int(1, Number.MAX_SAFE_INTEGER);
const place: Kind = { good: [{}, { city: 'Musterstadt' }], bad: [[], 'x', { latitude: 91 }, { town: 'x' }] };
const info: Kind = { good: [{}, { date: 'x' }], bad: [[], 'x', { date: null }, { data: 'x' }] };
const locker: Kind = {
  good: [{ type: 'locker', name: 'Locker 7' }],
  bad: [{}, [], 'x', { type: 'locker' }, { type: 'locker', name: 'x', address: { zip_code: '_' } }],
};

const end = '2026-01-14T18:00:00Z';
const from: Kind = { good: [end, '2026-01-14T08:00:00+01:00'], bad: ['2026-01-14', '', 0] };
const estimate: Kind = {
  good: [{ to: end }, { from: end, to: end, predicted_at: end }],
  bad: [{}, [], 'x', { to: end, predicted_at: null }, { from: '2026-01-15T08:00:00Z', to: end }],
};
const described: Rows = {
  timezone: [zone, 'optional or null'],
  location: [place, 'optional or null'],
  additional_info: [info, 'optional or null'],
};
const happening: Rows = {
  shop_slug: [shop, 'required'],
  event_name: [eventName, 'required'],
  event_time: [time, 'required'],
  ...described,
};
const reference: Rows = {
  shop_slug: [shop, 'required'],
  order_id: [id, 'required'],
  order_number: [orderNumber, 'required'],
  shipment_id: [id, 'required'],
};
const details: Rows = {
  tracking_url: [url, 'required or null'],
  external_shipment_id: [text(128), 'required or null'],
  products: [products, 'required or null'],
};
const parcel = { shop_slug: 'demo-shop', order_id: uuid, order_number: '10001', shipment_id: uuid };
const unknownDetails = { tracking_url: null, external_shipment_id: null, products: null };

// as domain 1.9, 3.1 and 3.4 say it
const table: MemberTable = [
  [
    LocationDto,
    {},
    {
      name: [text(200), 'optional or null'],
      city: [text(100), 'optional or null'],
      zip_code: [text(16), 'optional or null'],
      country_code: [country, 'optional or null'],
      latitude: [degrees(90), 'optional or null'],
      longitude: [degrees(180), 'optional or null'],
    },
  ],
  [
    PickupAddressDto,
    {},
    {
      name: [text(200), 'optional or null'],
      company: [text(200), 'optional or null'],
      address_line_1: [text(200), 'optional or null'],
      address_line_2: [text(200), 'optional or null'],
      street: [text(400), 'optional or null'],
      city: [text(100), 'optional or null'],
      province: [text(100), 'optional or null'],
      country: [text(100), 'optional or null'],
      province_code: [text(10), 'optional or null'],
      country_code: [country, 'optional or null'],
      zip_code: [zip, 'optional'],
      phone: [text(50), 'optional or null'],
    },
  ],
  [
    PickupDto,
    { type: 'locker', name: 'Locker 7' },
    {
      type: [oneOf('shop', 'neighbor', 'locker', 'letterbox'), 'required'],
      name: [text(200, 1), 'required'],
      address: [
        { good: [{}, { zip_code: '12345' }], bad: [[], 'x', { zip_code: '_' }, { zip: '1' }] },
        'optional or null',
      ],
      url: [url, 'optional or null'],
      opening_hours: [text(500), 'optional or null'],
      date_to: [time, 'optional or null'],
    },
  ],
  [
    AdditionalInfoDto,
    {},
    {
      pickup_point: [text(500), 'optional'],
      pickup_point_url: [text(500), 'optional'],
      pickup_time: [text(500), 'optional'],
      pickup_opening_hours: [hours, 'optional'],
      mail_message: [text(500), 'optional'],
      merchant_name: [text(500), 'optional'],
      preferred_delivery_date: [text(500), 'optional'],
      date: [text(500), 'optional'],
    },
  ],
  [
    commands.ScanEstimateDto,
    { to: end },
    { from: [from, 'optional or null'], to: [time, 'required'], predicted_at: [time, 'optional'] },
  ],
  [
    commands.DraftShipmentDto,
    { ...parcel, ordinal: 1, placed_at: end },
    { ...reference, ordinal: [ordinal, 'required'], placed_at: [time, 'required'] },
  ],
  [
    commands.FulfilShipmentDto,
    {
      ...parcel,
      ...unknownDetails,
      ordinal: 1,
      direction: 'merchant_customer',
      tracking_number: '1ZEXAMPLE000010012',
      carrier_reference: 'ups',
      tracking_placed_at: end,
      appended: false,
    },
    {
      ...reference,
      ...details,
      ordinal: [ordinal, 'required'],
      direction: [direction, 'required'],
      tracking_number: [trackingNumber, 'required'],
      carrier_reference: [carrier, 'required'],
      tracking_placed_at: [time, 'required'],
      appended: [bool, 'required'],
    },
  ],
  [
    commands.UpdateShipmentDetailsDto,
    { ...parcel, ...unknownDetails, carrier_reference: null },
    { ...reference, ...details, carrier_reference: [carrier, 'required or null'] },
  ],
  [
    commands.WithdrawShipmentDto,
    { ...parcel, cause: 'order_cancelled', at: end },
    {
      ...reference,
      cause: [oneOf('order_cancelled', 'expected_lowered'), 'required'],
      at: [time, 'required'],
    },
  ],
  [
    commands.CheckEstimatedArrivalDto,
    { shop_slug: 'demo-shop', shipment_id: uuid, as_of: end },
    { shop_slug: [shop, 'required'], shipment_id: [id, 'required'], as_of: [time, 'required'] },
  ],
  [
    commands.RecordScanDto,
    {
      shop_slug: 'demo-shop',
      carrier_reference: 'dhl',
      tracking_number: '00340000000000010011',
      event_name: 'CARRIER_PICKED_UP',
      event_time: end,
    },
    {
      ...happening,
      carrier_reference: [scanCarrier, 'required'],
      tracking_number: [trackingNumber, 'required'],
      external_id: [text(128), 'optional or null'],
      estimated_arrival: [estimate, 'optional or null'],
      pickup: [locker, 'optional or null'],
    },
  ],
  [
    commands.AddShipmentEventDto,
    {
      shop_slug: 'demo-shop',
      shipment_id: uuid,
      event_name: 'OWN_NAME',
      event_time: end,
      external_id: 'WMS-1',
    },
    { ...happening, shipment_id: [id, 'required'], external_id: [text(128, 1), 'required'] },
  ],
  [
    commands.UpdateEstimatedArrivalDto,
    { shop_slug: 'demo-shop', shipment_id: uuid, to: end },
    {
      shop_slug: [shop, 'required'],
      from: [from, 'optional or null'],
      to: [time, 'required'],
      predicted_at: [time, 'optional'],
    },
    ['shipment_id', 'carrier_reference', 'tracking_number'],
  ],
];

describeMembers(table);
