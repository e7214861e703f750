import { maxReportedEvents } from '@waybill/contracts';
import mongoose, { type mongo } from 'mongoose';
import type { Sent } from './shipment.book.spec-data';
import { ShipmentsOnMongo } from './shipment.engine.spec-data';
import { attachment, orderId, shipmentId, trackingNumber } from './shipment.samples.spec-data';

const { calculateObjectSize } = mongoose.mongo.BSON;

/** What the database is asked and told, by the account of its driver. */
class Traffic {
  /** Documents. */
  writes = 0;
  /** Queries. */
  reads = 0;
  bytesWritten = 0;
  bytesRead = 0;

  constructor(connection: mongoose.Connection) {
    const client = connection.getClient();
    client.on('commandStarted', ({ command }) => this.asked(command));
    client.on('commandSucceeded', ({ reply }) => this.told(reply as Told));
  }

  private asked(command: mongo.Document): void {
    const written: object[] = command['documents'] ?? command['updates'] ?? command['deletes'] ?? [];
    this.writes += written.length;
    this.bytesWritten += bytesOf(written);
    if (queries.some((name) => name in command)) this.reads += 1;
  }

  private told({ cursor }: Told): void {
    this.bytesRead += bytesOf(cursor?.firstBatch ?? cursor?.nextBatch ?? []);
  }
}

interface Told {
  readonly cursor?: { readonly firstBatch?: readonly object[]; readonly nextBatch?: readonly object[] };
}

const queries = ['find', 'aggregate', 'getMore'];
const bytesOf = (documents: readonly object[]) =>
  documents.reduce((sum, one) => sum + calculateObjectSize(one), 0);

let count = 0;
const sent = (name: string, data: object) => ({
  id: `m-${(count += 1)}`,
  type: `shipments.${name}.v1`,
  source: 'dhl-feed',
  time: '2026-01-20T12:00:00.000Z',
  data: { shop_slug: 'demo-shop', ...data },
});

/** An ordinary scan of a carrier: a name, a time, a place. */
const scan = (i: number) =>
  sent('record-scan', {
    carrier_reference: 'dhl',
    tracking_number: trackingNumber,
    event_name: i % 2 === 0 ? 'DEPARTURE_FROM_TRANSPORT_HUB' : 'ARRIVAL_AT_TRANSPORT_HUB',
    event_time: new Date(Date.UTC(2026, 0, 12, 10, i)).toISOString(),
    external_id: `DE-77120045-${i}`,
    timezone: 'Europe/Berlin',
    location: { city: 'Musterstadt', country_code: 'DE', zip_code: '12345' },
  });
const scans = (many: number) => Array.from({ length: many }, (_, i) => scan(i));

const parcel = { order_id: orderId, order_number: '10001', shipment_id: shipmentId };
const fulfil = () => sent('fulfil-shipment', { ...parcel, ...attachment, appended: true });

let shipments: ShipmentsOnMongo;
beforeEach(async () => {
  shipments = await ShipmentsOnMongo.open();
});
afterEach(() => shipments.close());

async function costOf(...commands: readonly Sent[]) {
  const before = shipments.facts.length;
  const traffic = new Traffic(shipments.connection);
  await shipments.send(...commands);
  const { writes, reads, bytesWritten, bytesRead } = traffic;
  const factBytes = shipments.facts.slice(before).reduce((sum, fact) => sum + fact.length, 0);
  return { writes, reads, bytes: { written: bytesWritten, read: bytesRead, facts: factBytes } };
}

// docs/decisions/0003 tells these figures, in bytes
it.each([
  { others: 0, most: { written: 7, read: 6, facts: 5 } },
  { others: 50, most: { written: 55, read: 54, facts: 28 } },
  { others: 150, most: { written: 153, read: 152, facts: 78 } },
  { others: maxReportedEvents - 1, most: { written: 201, read: 200, facts: 103 } },
])('a scan after $others others is one write and two reads', async ({ others, most }) => {
  await shipments.send(fulfil());
  if (others > 1) await shipments.send(...scans(others - 1));
  // alone, so that what the last write had to say is that of one scan
  if (others > 0) await shipments.send(scan(others - 1));
  const { bytes, ...counts } = await costOf(scan(others));
  expect(counts).toEqual({ writes: 1, reads: 2 });
  for (const [name, kib] of Object.entries(most))
    expect(bytes[name as keyof typeof bytes]).toBeLessThanOrEqual(kib * 1024);
});

it('fifty scans in one batch are one write and two reads', async () => {
  await shipments.send(fulfil());
  expect(await costOf(...scans(50))).toMatchObject({ writes: 1, reads: 2 });
});

it('a scan that comes again is no write', async () => {
  await shipments.send(fulfil(), scan(0));
  expect(await costOf(scan(0))).toMatchObject({ writes: 0, reads: 2 });
});

it('a scan before its number is one write, and four when the number comes', async () => {
  expect(await costOf(scan(0))).toMatchObject({ writes: 1, reads: 4 });
  // the parcel, the mark that the scan is sent on, the parcel with it, and its end among those that are kept
  expect(await costOf(fulfil())).toMatchObject({ writes: 4 });
});
