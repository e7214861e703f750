import type { Outcome } from '@waybill/messaging';
import { FactLog } from './fact-log';
import { lifeOf } from './life';
import { message } from './message';
import { ResultLog } from './result-log';

const run = 'run-1';
const results = new ResultLog(run);
const sent = (i: number, commandId: string, at: string, outcome: Outcome) => {
  const correlationId = `${run}/${i}`;
  results.hearReply({
    topic: 't',
    partition: 0,
    offset: 0,
    timestampMs: 0,
    key: null,
    value: Buffer.from(JSON.stringify(outcome)),
    headers: { kafka_correlationId: correlationId },
  });
  return {
    correlationId,
    sentMs: 0,
    message: message({
      service: 'orders',
      key: 'k',
      name: 'n',
      commandId,
      at,
      data: {},
      gist: commandId,
      orderNumber: '10001',
      purpose: 'row',
    }),
  };
};
const accepted: Outcome = { outcome: 'accepted', events: [] };
const messages = [
  sent(0, 'attach', '2026-01-15T11:00:00Z', accepted),
  sent(1, 'scan', '2026-01-12T18:41:00Z', { ...accepted, kept: true }),
  sent(2, 'late-scan', '2026-01-15T11:00:00Z', accepted),
  sent(3, 'again', '2026-01-15T11:00:00Z', { outcome: 'ignored', reason: 'duplicate' }),
];
const facts = new FactLog('demo-shop');
const hear = (sequence: number, correlationId: string, time: string) =>
  facts.hear({
    type: 'shipments.shipment-fulfilled.v1',
    aggregateId: 's-1',
    sequence,
    topic: 't',
    partition: 0,
    offset: sequence,
    time,
    correlationId,
    data: { shop_slug: 'demo-shop', order_number: '10001', shipment: { shipment_id: 's-1', ordinal: 1 } },
  });
hear(1, 'attach', '2026-01-15T11:00:00.000Z');
hear(2, 'scan', '2026-01-15T11:00:00.000Z');
hear(3, 'late-scan', '2026-01-15T11:00:00.000Z');
hear(4, 'scan', '2027-01-01T00:00:00.000Z');

const life = lifeOf('10001', messages, results, facts);
const told = (gist: string) => life.find((entry) => entry.gist === gist);

describe('the life of an order', () => {
  it('is told in the order of its times', () =>
    expect(life.map(({ gist }) => gist)).toEqual(['scan', 'attach', 'late-scan', 'again']));

  it('tells facts with the message that caused them', () =>
    expect(told('late-scan')?.facts.map(({ sequence }) => sequence)).toEqual([3]));

  it('tells what a kept scan changed where its number was attached', () => {
    expect(told('scan')?.because).toBe('kept');
    expect(told('attach')?.facts.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('tells a fact of another time with its cause', () =>
    expect(told('scan')?.facts.map(({ sequence }) => sequence)).toEqual([4]));

  it('tells why nothing came of a message', () =>
    expect(told('again')).toMatchObject({ outcome: 'ignored', because: 'duplicate', facts: [] }));
});
