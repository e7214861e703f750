import { eventCatalogue } from '@waybill/contracts';
import * as fc from 'fast-check';
import { type Answer, type Sent, ShipmentBook } from './shipment.book.spec-data';
import { orderId, shipmentId, timeAt, trackingNumber } from './shipment.samples.spec-data';

/** Printed in the title of every property, so that a red run can be repeated: `WAYBILL_SEED=… jest …`. */
export const seed = Number(process.env['WAYBILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How often a property is tried; `WAYBILL_RUNS=20` looks twenty times as long. */
export const runs = (often: number) => ({ seed, numRuns: often * Number(process.env['WAYBILL_RUNS'] ?? 1) });

/** A command without the names that its place in a history gives it. */
export type Unsent = Pick<Sent, 'type' | 'data'>;

// few hours, so that many things happen at one time
const hour = fc.integer({ min: 0, max: 9 });
const time = hour.map(timeAt);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const estimate = fc.record({
  from: fc.constantFrom(null, '2026-01-14T08:00:00Z', '2026-01-14T09:00:00Z'),
  to: fc.constantFrom('2026-01-14T10:00:00Z', '2026-01-15T10:00:00Z'),
  predicted_at: fc.constantFrom(timeAt(1), timeAt(2)),
});

const pickup = fc.record({
  type: fc.constantFrom('shop', 'locker'),
  name: fc.constantFrom('Kiosk', 'Locker 1', 'Locker 2'),
  address: optional(fc.constant({ street: 'Musterstraße 1' })),
});

const info = fc.record(
  {
    pickup_point: fc.constant('Kiosk'),
    date: fc.constantFrom('today', ' '),
    pickup_opening_hours: fc.constantFrom({}, { 'mon.': '9-18', sat: ' ' }),
  },
  { requiredKeys: [] },
);

const carrierNumber = { carrier_reference: 'dhl', tracking_number: trackingNumber };

/** Without what is undefined: a message has no such members. */
const message = (name: string, data: object): Unsent =>
  JSON.parse(JSON.stringify({ type: `shipments.${name}.v1`, data: { shop_slug: 'demo-shop', ...data } }));

export const eventNames = fc.constantFrom(...Object.keys(eventCatalogue), 'weighed', 'CLAIM_CREATED');

const scan = fc
  .record({
    event_name: eventNames,
    event_time: time,
    external_id: optional(fc.constantFrom('S-1', 'S-2', 'S-3', 'S-4', 'S-5')),
    location: optional(fc.constant({ city: 'Musterstadt' })),
    additional_info: optional(info),
    estimated_arrival: optional(estimate),
    pickup: optional(pickup),
  })
  .map((data) => message('record-scan', { ...carrierNumber, ...data }));

/** What a merchant may say at any time, of a draft too. */
const merchantEvent = fc
  .record({
    event_name: fc.constantFrom('ORDER_CREATED', 'ORDER_IN_PROCESSING', 'ORDER_CANCELLED', 'gift_wrapped'),
    event_time: time,
    external_id: fc.constantFrom('W-1', 'W-2', 'W-3'),
  })
  .map((data) => message('add-shipment-event', { shipment_id: shipmentId, ...data }));

const estimateById = estimate.map((data) =>
  message('update-estimated-arrival', { shipment_id: shipmentId, ...data }),
);
const estimateByNumber = estimate.map((data) =>
  message('update-estimated-arrival', { ...carrierNumber, ...data }),
);

const report = fc.oneof(
  { weight: 8, arbitrary: scan },
  { weight: 2, arbitrary: merchantEvent },
  { weight: 1, arbitrary: estimateById },
  { weight: 1, arbitrary: estimateByNumber },
);

/** Of two that are the same event the first counts, so one life has only one of them. */
function identity({ type, data }: Unsent): string {
  const { external_id, event_name, event_time } = data as Record<string, string>;
  return type.includes('estimated')
    ? JSON.stringify(data)
    : `${type}/${external_id ?? `${event_name}/${event_time}`}`;
}

/** A whole life of one parcel: how it begins, and what is said of it. */
export interface Life {
  readonly isAppended: boolean;
  readonly direction: 'merchant_customer' | 'customer_merchant';
  readonly carrier: 'dhl' | 'unknown';
  readonly placedAt: string;
  readonly reports: readonly Unsent[];
}

export const life: fc.Arbitrary<Life> = fc
  .record({
    beginning: fc.constantFrom('drafted', 'drafted', 'appended', 'return'),
    carrier: fc.constantFrom('dhl', 'unknown'),
    placedAt: time,
    reports: fc.uniqueArray(report, { selector: identity, maxLength: 14, size: 'max' }),
  })
  .map(({ beginning, ...rest }) => ({
    ...rest,
    isAppended: beginning !== 'drafted',
    direction: beginning === 'return' ? 'customer_merchant' : 'merchant_customer',
  }));

const named = { order_id: orderId, order_number: '10001', shipment_id: shipmentId };

const drafting: Unsent = message('draft-shipment', {
  ...named,
  ordinal: 1,
  placed_at: '2026-01-10T08:00:00Z',
});

const fulfilmentOf = ({ direction, carrier, placedAt, isAppended }: Life): Unsent =>
  message('fulfil-shipment', {
    ...named,
    ordinal: 1,
    direction,
    tracking_number: trackingNumber,
    carrier_reference: carrier,
    tracking_url: null,
    tracking_placed_at: placedAt,
    external_shipment_id: null,
    products: null,
    appended: isAppended,
  });

/** A life as it is told: which reports come, again and again perhaps, and when among them the number does. */
export interface Telling {
  /** Places in the reports; each of them at least once. */
  readonly order: readonly number[];
  readonly attachedBefore: number;
}

export const telling = ({ reports }: Life): fc.Arbitrary<Telling> => {
  const all = reports.map((_, i) => i);
  return fc
    .tuple(fc.array(fc.constantFrom(-1, ...all), { maxLength: 8 }), fc.nat({ max: 2 * all.length + 8 }))
    .chain(([repeats, attachedBefore]) => {
      const often = [...all, ...repeats.filter((i) => i >= 0)];
      return fc
        .shuffledSubarray(
          often.map((_, i) => i),
          { minLength: often.length },
        )
        .map((places) => ({ order: places.map((i) => often[i] ?? 0), attachedBefore }));
    });
};

export interface Told {
  readonly book: ShipmentBook;
  readonly answers: readonly Answer[];
}

/** Tells a life: every message one minute after the other. What needs a parcel that is not there yet is delayed. */
export async function tell(parcel: Life, { order, attachedBefore }: Telling): Promise<Told> {
  const reports = order.flatMap((i) => parcel.reports[i] ?? []);
  const early = reports.slice(0, attachedBefore);
  const needsShipment = ({ data }: Unsent) => parcel.isAppended && 'shipment_id' in data;
  const delayed = early.filter(needsShipment);
  const messages = [
    ...(parcel.isAppended ? [] : [drafting]),
    ...early.filter((one) => !needsShipment(one)),
    fulfilmentOf(parcel),
    ...delayed,
    ...reports.slice(attachedBefore),
  ];
  return tellAll(messages);
}

async function tellAll(messages: readonly Unsent[]): Promise<Told> {
  const book = new ShipmentBook();
  const answers: Answer[] = [];
  for (const [minute, one] of messages.entries()) answers.push(await book.send(sentAt(one, minute)));
  return { book, answers };
}

export const toldInOrder = (parcel: Life): Promise<Told> =>
  tell(parcel, { order: parcel.reports.map((_, i) => i), attachedBefore: 0 });

/** Commands are sent one minute after the other, a day after everything that they tell. */
export const sentAt = (command: Unsent, minute: number): Sent => ({
  ...command,
  id: `m-${minute}`,
  source: 'dhl-feed',
  time: new Date(Date.UTC(2026, 0, 14, 0, minute)).toISOString(),
});

const anyCommand: fc.Arbitrary<Unsent> = fc.oneof(
  { weight: 8, arbitrary: report },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('expected_lowered', 'order_cancelled')
      .map((cause) => message('withdraw-shipment', { ...named, cause, at: timeAt(5) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('2026-01-14T12:00:00Z', '2026-01-16T00:00:00Z')
      .map((as_of) => message('check-estimated-arrival', { shipment_id: shipmentId, as_of })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        carrier_reference: fc.constantFrom('dhl', 'unknown', null),
        tracking_url: fc.constantFrom(null, 'https://carrier.example.com/1'),
        external_shipment_id: fc.constantFrom(null, 'F-1'),
        products: fc.constantFrom(null, [{ sku: 'MUG-1' }]),
      })
      .map((data) => message('update-shipment-details', { ...named, ...data })),
  },
);

/** Anything in any order, around the commands that begin a life. */
export const history: fc.Arbitrary<readonly Unsent[]> = fc
  .tuple(life, fc.array(anyCommand, { maxLength: 20, size: 'max' }), fc.nat({ max: 12 }), fc.nat({ max: 20 }))
  .map(([parcel, commands, drafted, fulfilled]) => {
    const begun = parcel.isAppended ? commands : commands.toSpliced(drafted % 3, 0, drafting);
    return begun.toSpliced(fulfilled, 0, fulfilmentOf(parcel));
  });
