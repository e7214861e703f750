import type { Outcome } from '@waybill/messaging';
import { figuresOf } from '../olist/independent-figures';
import type { SentMessage } from './command-sender';
import { compare } from './comparison';
import { FactLog } from './fact-log';
import { reportOfRun } from './report-of-run';
import { ResultLog } from './result-log';

const run = 'run-1';
const empty = figuresOf(new Map(), new Map());

function sentMessage(i: number, changes: Partial<SentMessage['message']> = {}): SentMessage {
  return {
    correlationId: `${run}/${i}`,
    sentMs: 0,
    message: {
      service: 'orders',
      key: 'demo-shop/R-1',
      value: '{}',
      at: '2025-09-01T07:07:50Z',
      commandId: `R-1/${i}`,
      name: 'upsert-order',
      gist: 'two items',
      orderNumber: 'R-1',
      purpose: 'row',
      expected: { outcome: 'accepted' },
      ...changes,
    },
  };
}

const record = (headers: Record<string, string>, value: string | null) => ({
  topic: 't',
  partition: 0,
  offset: 0,
  timestampMs: 0,
  key: null,
  value: value === null ? null : Buffer.from(value),
  headers,
});

function finished(outcomes: readonly Outcome[], published = 1) {
  const results = new ResultLog(run);
  outcomes.forEach((outcome, i) =>
    results.hearReply(record({ kafka_correlationId: `${run}/${i}` }, JSON.stringify(outcome))),
  );
  const facts = new FactLog('demo-shop');
  for (let sequence = 1; sequence <= published; sequence += 1) {
    facts.hear({
      type: 'orders.order-placed.v1',
      aggregateId: 'a-1',
      sequence,
      topic: 't',
      partition: 0,
      offset: sequence,
      correlationId: 'R-1/0',
      data: { shop_slug: 'demo-shop', order_number: 'R-1', shipments: [{}], order: {} },
    });
  }
  return {
    title: 'test',
    shop: 'demo-shop',
    hero: 'R-1',
    sent: outcomes.map((_, i) => sentMessage(i)),
    results,
    facts,
    isFresh: true,
    check: compare(empty, { facts: empty, factCounts: { orders: 0, shipments: 0 }, http: empty }),
    finalState: { sha256: 'f0', orders: 0, parcels: 0 },
    reports: [],
    restMs: 3000,
    problems: [],
  };
}

const placed: Outcome = {
  outcome: 'accepted',
  aggregate_id: 'a-1',
  sequence: 1,
  events: [{ type: 'orders.order-placed.v1', sequence: 1 }],
};
const refused: Outcome = { outcome: 'refused', key: 'order_exists', message: 'no', errors: [] };

describe('the report of a run', () => {
  it('tells commands with the facts that came of them', () => {
    expect(reportOfRun(finished([placed]))).toMatchObject({
      ok: true,
      surprises: [],
      newFacts: 1,
      sent: { orders: 1, shipments: 0 },
      facts: [{ service: 'orders', type: 'order-placed', count: 1 }],
      life: [
        {
          command: 'upsert-order',
          outcome: 'accepted',
          facts: [{ sequence: 1, type: 'order-placed', tale: 'placed, 1 to come' }],
        },
      ],
    });
  });

  it('is not well when a fact of a reply was not published', () => {
    expect(reportOfRun(finished([placed], 0))).toMatchObject({
      ok: false,
      surprises: ['R-1/0: a fact of its reply was never published'],
    });
  });

  it('is not well when a command had another outcome than it must', () => {
    expect(reportOfRun(finished([refused], 0))).toMatchObject({
      ok: false,
      surprises: ['R-1/0: refused order_exists, wanted accepted'],
      outcomes: [{ service: 'orders', outcome: 'refused', because: 'order_exists', count: 1 }],
    });
  });

  it('is not well when something else was found', () => {
    expect(reportOfRun({ ...finished([placed]), problems: ['facts: a gap'] })).toMatchObject({ ok: false });
  });

  it('is not well when a report of analytics differs', () => {
    const figures = { compared: 2, differences: ['report orders total orders is 1, and 2'] };
    expect(reportOfRun({ ...finished([placed]), figures })).toMatchObject({ ok: false, figures });
  });

  it('is well when reports could not be compared, and says so', () => {
    const figures = { skipped: 'no python3' };
    expect(reportOfRun({ ...finished([placed]), figures })).toMatchObject({ ok: true, figures });
  });

  it('tells how long it took until nothing was on its way, what was sent later left out', () => {
    const one = finished([placed, placed]);
    const late = one.sent.map((sent, i) => ({ ...sent, sentMs: i * 5000 }));
    expect(reportOfRun({ ...one, sent: late }).speed).toMatchObject({ commands: 1, restSeconds: 3 });
  });

  it('does not hear the replies of other runs, nor a second one', () => {
    const results = new ResultLog(run);
    results.hearReply(record({ kafka_correlationId: 'run-2/0' }, JSON.stringify(placed)));
    expect(results.replies.size).toBe(0);
    results.hearReply(record({ kafka_correlationId: `${run}/0` }, JSON.stringify(placed)));
    results.hearReply(record({ kafka_correlationId: `${run}/0` }, JSON.stringify(refused)));
    expect(results.replies.get(`${run}/0`)?.outcome).toEqual(placed);
  });
});
