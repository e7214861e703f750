import { partitionOfKey } from '@waybill/aggregates';
import { parcels } from './parcels';
import { templateOf, templateOrders } from './templates';

const templates = templateOrders(parcels, 900_000);
const partitionOf = (order: number) => partitionOfKey(parcels.keyOf(order), 12);

it('there is one template of each partition', () => {
  expect(templates.map(partitionOf)).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

it('an order is cloned from the template of its own partition, and has names as long', () => {
  for (let order = 1_000_000; order < 1_000_200; order++) {
    const template = templateOf(parcels, templates, order);
    expect(partitionOf(template)).toBe(partitionOf(order));
    const lengths = (of: number) => parcels.namesOf(of).map(({ length }) => length);
    expect(lengths(order)).toEqual(lengths(template));
  }
});
