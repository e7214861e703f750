import { maxReportedEvents, snapshotBytes } from '@waybill/contracts';
import type { ShipmentCommand } from './shipment.commands';
import { after, draft, facts, fulfil, scan } from './shipment.samples.spec-data';
import { shipmentSnapshot } from './shipment.snapshot';

/** An ordinary scan of a carrier: a name, a time, a place. */
const hubScan = (i: number): ShipmentCommand =>
  scan({
    event_name: i % 2 === 0 ? 'DEPARTURE_FROM_TRANSPORT_HUB' : 'ARRIVAL_AT_TRANSPORT_HUB',
    event_time: new Date(Date.UTC(2026, 0, 12, 10, i)).toISOString(),
    external_id: `DE-77120045-${i}`,
    timezone: 'Europe/Berlin',
    location: { city: 'Musterstadt', country_code: 'DE', zip_code: '12345' },
  });

const withScans = (count: number) =>
  after(draft, fulfil, ...Array.from({ length: count }, (_, i) => hubScan(i)));

const bytesOf = (value: object) => Buffer.byteLength(JSON.stringify(value));

describe('what a reader pays', () => {
  it.each([
    { scans: 0, kib: 2 },
    { scans: 10, kib: 7 },
    { scans: 50, kib: 27 },
    { scans: maxReportedEvents, kib: 103 },
  ])('for a parcel of $scans scans: at most $kib KiB a snapshot', ({ scans, kib }) => {
    expect(bytesOf(shipmentSnapshot(withScans(scans)))).toBeLessThanOrEqual(kib * 1024);
  });

  it('for the last scan of a full parcel: a snapshot for each of its facts, far below the limit of one', () => {
    const last = scan({ event_name: 'LOST', event_time: '2026-01-12T23:00:00Z' });
    const told = facts(withScans(maxReportedEvents - 1), last);
    const sizes = told.map(({ data }) => bytesOf(data));
    expect(told.map(({ name }) => name)).toEqual(['event-recorded', 'flagged']);
    expect(Math.max(...sizes)).toBeLessThan(snapshotBytes / 3);
  });
});
