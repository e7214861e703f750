import { contractOf, validatorOf } from '@waybill/contracts';
import type { BenchMessage } from '../order-message';
import {
  claimCommands,
  claimSteps,
  dayAfterLast,
  dispatchedOrders,
  firstDay,
  scans,
  stepsOf,
} from './parcel-messages';

interface Sent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  // the members depend on the type
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

const orders = 700;
const sent = (messages: Iterable<BenchMessage>): Sent[] =>
  [...messages].map(({ value }) => JSON.parse(value.toString()) as Sent);
const by = (all: readonly Sent[], member: string): Sent[][] => [
  ...Map.groupBy(all, ({ data }) => data[member]).values(),
];

describe.each([
  ['orders', sent(dispatchedOrders(orders)), orders],
  ['scans', sent(scans(orders, 5)), orders * 5],
  ['claims', sent(claimCommands(orders)), orders * claimSteps.length],
])('the commands of %s', (_, all, count) => {
  it('are as many as are waited for, each with an id of its own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(count);
  });

  it('are all valid', () => {
    const issues = all.flatMap(({ type, data }) => {
      const contract = contractOf(type);
      return contract ? validatorOf(contract)(data).map(({ field }) => field) : [type];
    });
    expect(issues).toEqual([]);
  });
});

it('orders are placed on the days that reports ask for, from the first on, each with a parcel of its own', () => {
  const all = sent(dispatchedOrders(orders)).map(({ data }) => data);
  const days = all.map(({ order }) => String(order.order_placed_at).slice(0, 10));
  expect(days).toEqual(days.toSorted());
  expect(days[0]).toBe(firstDay);
  expect(String(days.at(-1)) < dayAfterLast).toBe(true);
  expect(new Set(all.map(({ trackings }) => trackings[0].tracking_number)).size).toBe(orders);
});

it.each([5, 150])(
  'of %i scans of each parcel the last delivers, and none is a repeat or too early',
  (each) => {
    const parcels = by(sent(scans(12, each)), 'tracking_number');
    expect(parcels).toHaveLength(12);
    for (const own of parcels) {
      expect(new Set(own.map(({ data }) => data.external_id)).size).toBe(each);
      const names = own.map(({ data }) => data.event_name);
      expect(names.indexOf('SUCCESSFULLY_DELIVERED')).toBe(each - 1);
      const times = own.map(({ data }) => Date.parse(data.event_time));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(own.filter(({ time, data }) => data.event_time > time)).toEqual([]);
    }
  },
);

it('each claim is made, accepted and closed, in this order', () => {
  const claims = by(sent(claimCommands(orders)), 'claim_id');
  expect(claims).toHaveLength(orders);
  const courses = claims.map((own) => own.map(({ data }) => data.status ?? 'pending').join());
  expect(new Set(courses)).toEqual(new Set(['pending,accepted,closed']));
});

it('a window over a few hundred orders meets all steps', () => {
  const steps = [...stepsOf(1200, 3)];
  expect(new Set(steps.slice(0, 1500).map(({ nth }) => nth))).toEqual(new Set([0, 1, 2]));
  expect(steps.slice(0, 1500).every(({ order }) => order < 500)).toBe(true);
  expect(steps).toHaveLength(3600);
});
