import type { InputRecord } from '@waybill/messaging';
import { CollectedFacts } from './read-aggregate';

const id = 'c376e889-76c9-5c95-ad8b-a381eae0408d';

const record = (subject: string, sequence: number, text = ''): InputRecord => ({
  topic: 'shipments.events',
  partition: 0,
  offset: 0,
  timestampMs: 0,
  key: Buffer.from('order'),
  value: Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id: `${subject}/${sequence}`,
      type: 'shipments.shipment-updated.v1',
      source: 'shipments',
      subject,
      sequence,
      data: { text },
    }),
  ),
  headers: { 'content-type': 'application/cloudevents+json' },
});

describe('the facts of one aggregate', () => {
  const collected = new CollectedFacts(id);
  for (const one of [
    record(id, 2),
    record(id, 1),
    record(id, 2),
    record('another', 1, `mentions ${id}`),
    { ...record(id, 3), value: null },
  ])
    collected.note(one);

  it('are told in their order', () =>
    expect(collected.inOrder().map(({ sequence }) => sequence)).toEqual([1, 2]));

  it('are told once, and repeats are counted', () => expect(collected.repeats).toBe(1));
});
