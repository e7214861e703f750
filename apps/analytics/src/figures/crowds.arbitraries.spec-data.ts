import type { OrderSnapshotDto } from '@waybill/contracts';
import * as fc from 'fast-check';
import { order, slot } from './figures.samples.spec-data';

const at = (day: number) => new Date(Date.UTC(2026, 0, 24 + day)).toISOString();

/** A quick crowd, a slow one some days later, or any other; a second one of the same name corrects the first. */
const pace = fc.oneof(
  fc.record({ name: fc.constant('quick'), day: fc.integer({ min: 1, max: 5 }), tookDays: fc.constant(1) }),
  fc.record({ name: fc.constant('slow'), day: fc.integer({ min: 6, max: 13 }), tookDays: fc.constant(5) }),
  fc.record({
    name: fc.constant('any'),
    day: fc.integer({ min: 1, max: 13 }),
    tookDays: fc.integer({ min: 0, max: 6 }),
  }),
);

/** So many orders, all delivered on one day after as many days, that the day may be an anomaly. */
export const anyCrowd: fc.Arbitrary<readonly OrderSnapshotDto[]> = fc
  .record({
    pace,
    size: fc.integer({ min: 19, max: 22 }),
    carrier_reference: fc.constantFrom('dhl', 'ups'),
    country: fc.constantFrom('DE', 'AT'),
    campaign_segments: fc.subarray(['a', 'b']),
    order_analytics: fc.constantFrom<Record<string, string>>({}, { campaign: 'x' }),
  })
  .map(({ pace: { name, day, tookDays }, size, carrier_reference, ...rest }) =>
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
