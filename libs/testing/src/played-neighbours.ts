import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { orderId, shipmentId } from '@waybill/contracts';
import { structuredHeaders } from '@waybill/messaging';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import type { Producer } from 'kafkajs';

const root = resolve(__dirname, '../../..');

/** The parcel of an order with one parcel. */
export interface PlayedParcel {
  readonly orderNumber: string;
  readonly shop: string;
  readonly tracking_number: string;
  readonly carrier_reference?: string;
  readonly tracking_placed_at?: string;
  /** When the order was placed. */
  readonly placed_at?: string;
}

/** A fact as its service writes it. */
export interface PlayedFact {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  // the members depend on the type; tests look at some of them
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

/** What was recorded: the first parcel of order 10001 (docs/examples). */
const recorded = {
  shop: 'demo-shop',
  orderNumber: '10001',
  trackingNumber: '00340000000000010011',
  orderId: '6309fdd3-4292-5fdd-9cec-b983e7f75d43',
  parcelId: 'c376e889-76c9-5c95-ad8b-a381eae0408d',
};

const acts = {
  placed: 'orders.order-placed.v1',
  dispatched: 'orders.order-shipment-dispatched.v1',
  drafted: 'shipments.shipment-drafted.v1',
  fulfilled: 'shipments.shipment-fulfilled.v1',
};

/** What a neighbour has said: a first or a second fact of an order or a parcel. */
export type Act = keyof typeof acts;

/**
 * Orders and shipments as a service of theirs sees them, without their processes: facts that were recorded from them
 * (docs/examples), told of other orders, and checked against the published schemas before they are written.
 */
export class PlayedNeighbours {
  constructor(private readonly producer: Producer) {}

  /** The order is placed, and its one parcel has this number: all four facts. */
  async dispatch(parcel: PlayedParcel): Promise<void> {
    await this.tell(parcel, ['placed', 'dispatched', 'drafted', 'fulfilled']);
  }

  async tell(parcel: PlayedParcel, said: readonly Act[]): Promise<void> {
    for (const act of said) await this.write(parcel, playedFact(parcel, act));
  }

  /** As it is, even if no neighbour could say it. */
  async write({ shop, orderNumber }: PlayedParcel, fact: object & { type: string }): Promise<number> {
    const topic = `${fact.type.split('.')[0]}.events`;
    const message = {
      key: orderId(shop, orderNumber),
      value: JSON.stringify(fact),
      headers: structuredHeaders,
    };
    const [written] = await this.producer.send({ topic, acks: -1, messages: [{ ...message }] });
    return Number(written?.baseOffset);
  }
}

/** The fact by which a neighbour says this of a parcel. Throws if its published schema does not take it. */
export function playedFact(parcel: PlayedParcel, act: Act): PlayedFact {
  const type = acts[act];
  const of = orderId(parcel.shop, parcel.orderNumber);
  const names = new Map([
    [recorded.orderId, of],
    [recorded.parcelId, shipmentId(of, 1)],
    [recorded.shop, parcel.shop],
    [recorded.orderNumber, parcel.orderNumber],
    [recorded.trackingNumber, parcel.tracking_number],
  ]);
  const { carrier_reference, tracking_placed_at, placed_at } = parcel;
  const told: Readonly<Record<string, unknown>> = { carrier_reference, tracking_placed_at, placed_at };
  const retold = JSON.parse(recordingOf(type), (key, value: unknown) => {
    // it has one parcel; what is null was not known yet
    if (key === 'shipments' && Array.isArray(value)) return value.slice(0, 1);
    if (value !== null && told[key] !== undefined) return told[key];
    return typeof value === 'string' ? (names.get(value) ?? value) : value;
  }) as PlayedFact;
  const subject = act === 'placed' || act === 'dispatched' ? of : shipmentId(of, 1);
  const sequence = act === 'placed' || act === 'drafted' ? 1 : 2;
  const fact = { ...retold, subject, sequence, id: `${subject}/${sequence}` };
  const isPublished = publishedSchema(type);
  if (!isPublished(fact.data)) throw new Error(`${type}: ${JSON.stringify(isPublished.errors)}`);
  return fact;
}

function recordingOf(type: string): string {
  const file = join(root, 'docs/examples', `${type}.json`);
  const [first] = JSON.parse(readFileSync(file, 'utf8')) as { payload: object }[];
  return JSON.stringify(first?.payload);
}

const schemas = new Map<string, ValidateFunction>();

function publishedSchema(type: string): ValidateFunction {
  const known = schemas.get(type);
  if (known) return known;
  const file = join(root, 'libs/contracts/schemas', `${type}.json`);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const compiled = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  schemas.set(type, compiled);
  return compiled;
}
