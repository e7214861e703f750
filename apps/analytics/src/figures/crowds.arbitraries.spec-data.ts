import type { OrderSnapshotDto } from '@waybill/contracts';
import * as fc from 'fast-check';
import { order, slot } from './figures.samples.spec-data';

const at = (day: number) => new Date(Date.UTC(2026, 0, 24 + day)).toISOString();

/** So many orders, all delivered on one day after as many days, that the day may be an anomaly; or corrections of such. */
export const anyCrowd: fc.Arbitrary<readonly OrderSnapshotDto[]> = fc
  .record({
    name: fc.constantFrom('x', 'y', 'z'),
    size: fc.integer({ min: 19, max: 22 }),
    day: fc.integer({ min: 1, max: 13 }),
    tookDays: fc.integer({ min: 0, max: 6 }),
    carrier_reference: fc.constantFrom('dhl', 'ups'),
    country: fc.constantFrom('DE', 'AT'),
    campaign_segments: fc.subarray(['a', 'b']),
    order_analytics: fc.constantFrom({}, { campaign: 'x' }),
  })
  .map(({ name, size, day, tookDays, carrier_reference, ...rest }) =>
    Array.from({ length: size }, (_, i) =>
      order({
        ...rest,
        uuid: `${name}${i}`,
        order_placed_at: at(day - tookDays),
        status: 'fulfilled',
        shipments: [slot({ carrier_reference, phase: 'delivered', phase_since: at(day) })],
      }),
    ),
  );
