import { independentFigures } from '../olist/independent-figures';
import { plain } from '../screen/paint';
import { compare } from './comparison';
import type { PlayReport } from './play-report';
import { playScreen } from './play-screen';

const wanted = independentFigures(
  {
    customers: [],
    orders: [8, 9, 10, 11, 12].flatMap((month) => ({
      order_id: `R-${month}`,
      order_status: 'delivered',
      order_purchase_timestamp: `2025-${String(month).padStart(2, '0')}-01 08:00:00`,
      order_delivered_carrier_date: `2025-${String(month).padStart(2, '0')}-02 08:00:00`,
    })),
    items: [{ order_id: 'R-8', price: '1234.50', freight_value: '0.00' }],
  },
  '2026-01-01T00:00:00.000Z',
);
const factCounts = { orders: 15, shipments: 25 };

const report: PlayReport = {
  title: 'Waybill demo: 5 orders, shop demo-shop',
  hero: 'demo-shop/R-8',
  life: [
    {
      at: '2025-08-01T08:00:00Z',
      service: 'orders',
      command: 'upsert-order',
      gist: '2 items for a place with a name that is much longer than the line has room for',
      outcome: 'accepted',
      facts: [{ sequence: 1, type: 'order-placed', tale: 'placed, 1 to come' }],
    },
    {
      at: '2025-08-02T08:00:00Z',
      service: 'orders',
      command: 'cancel-order',
      gist: 'too late',
      outcome: 'refused',
      because: 'order_already_dispatched',
      facts: [],
    },
  ],
  sent: { orders: 1234, shipments: 40, claims: 0 },
  outcomes: [
    { service: 'orders', outcome: 'accepted', because: '', count: 1200 },
    { service: 'orders', outcome: 'refused', because: 'order_already_dispatched', count: 2 },
    { service: 'orders', outcome: 'refused', because: 'order_exists', count: 1 },
    { service: 'shipments', outcome: 'accepted', because: 'kept', count: 40 },
  ],
  facts: [
    { service: 'orders', type: 'order-shipment-dispatched', count: 51 },
    { service: 'shipments', type: 'shipment-drafted', count: 9 },
  ],
  newFacts: 60,
  deadLetters: [{ service: 'orders', kind: 'malformed', gist: 'JSON that was cut off', because: 'not JSON' }],
  speed: { commands: 1234, seconds: 2, medianMs: 12, slowestMs: 140, restSeconds: 3 },
  check: compare(wanted, { facts: wanted, factCounts, http: wanted }),
  reports: [],
  finalState: { sha256: 'f0'.repeat(32), orders: 5, parcels: 5 },
  surprises: [],
  ok: true,
};
const screen = (changes: Partial<PlayReport> = {}) => playScreen({ ...report, ...changes }, plain);

describe('the screen', () => {
  it('is never wider than a terminal', () => {
    const wide = screen({ surprises: ['x'.repeat(300)], ok: false });
    expect(Math.max(...wide.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('tells commands with their facts, or with the reason why there are none', () => {
    const [, head, placed, fact, cancel] = screen();
    expect(head).toBe('The life of order demo-shop/R-8');
    expect(placed).toMatch(/^ {2}08-01 08:00 → upsert-order: 2 items for a place .*…$/);
    expect(fact).toBe('    order     1 placed, 1 to come');
    expect(cancel).toMatch(/^ {2}08-02 08:00 → cancel-order: too late +order_already_dispatched$/);
  });

  it('shows what each service was sent, what it answered, and what came of it', () => {
    const lines = screen();
    const from = lines.findIndex((line) => line.startsWith('Orders'));
    expect(lines.slice(from, from + 4)).toEqual([
      'Orders       1 234 messages: 1 200 accepted, 0 ignored, 3 refused by 2 keys',
      '             51 facts, each once, without a gap: 51 order-shipment-dispatched',
      'Shipments    40 messages: 0 accepted, 40 kept for a number, 0 ignored',
      '             9 facts, each once, without a gap: 9 shipment-drafted',
    ]);
  });

  it('has a line for claims where there are any', () => {
    const isClaims = (line: string) => line.startsWith('Claims');
    expect(screen().some(isClaims)).toBe(false);
    const outcomes = [{ service: 'claims', outcome: 'refused', because: 'claim_exists', count: 2 }] as const;
    const facts = [{ service: 'claims', type: 'claim-created', count: 3 }] as const;
    expect(screen({ outcomes, facts }).filter(isClaims)).toEqual([
      'Claims       2 refused claim_exists, 3 facts',
    ]);
  });

  it('has one line for all months, as long as they are right', () => {
    expect(screen().filter((line) => line.includes('revenue of'))).toEqual([
      expect.stringMatching(/^ {2}revenue of 5 months, BRL .* ok$/),
    ]);
  });

  const figuresLine = (figures: NonNullable<PlayReport['figures']>) =>
    screen({ figures }).find((line) => line.startsWith('Reports'));

  it('says whether the reports are those of another calculation', () => {
    const script = 'tools/python/olist_figures.py';
    expect(figuresLine({ compared: 1508, differences: [] })).toBe(
      `Reports      1 508 figures as ${script} has them`,
    );
    expect(figuresLine({ compared: 1508, differences: ['a', 'b'] })).toBe(
      `Reports      2 of 1 508 figures NOT as ${script} has them`,
    );
    expect(figuresLine({ skipped: 'no python3' })).toBe('Reports      not compared: no python3');
    const wrong = screen({ figures: { compared: 9, differences: ['report x is 1'] }, ok: false });
    expect(wrong.at(-1)).toBe('  report x is 1');
  });

  it('has the first rows of reports, under what asks for them', () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({
      bucket: `2026-01-0${i}`,
      group: null,
      claims: 1,
      affected_orders: 1,
      claim_rate: { share: null, count: 0, of: 0 },
    }));
    const lines = screen({ reports: [{ report: 'claims', bucket: 'day', rows }] });
    const from = lines.indexOf('Report claims --bucket day');
    expect(lines[from + 1]).toMatch(/^ {2}DAY +CLAIMS +ORDERS/);
    expect(lines[from + 2]).toMatch(/^ {2}2026-01-00 +1 +1 +–$/);
    expect(lines[from + 9]).toBe('  and 3 more');
  });

  it('shows a month that is wrong', () => {
    const { orders } = wanted;
    const byMonth = { ...orders.byMonth, '2025-12': { orders: 1, cents: 1 } };
    const facts = { ...wanted, orders: { ...orders, byMonth } };
    const check = compare(wanted, { facts, factCounts, http: wanted });
    expect(screen({ check, ok: false }).find((line) => line.includes('2025-12'))).toMatch(/WRONG$/);
  });

  it('shows the whole hash of the final state', () =>
    expect(screen()).toContain(`Final state  ${'f0'.repeat(32)}`));

  it('ends with a verdict', () => {
    expect(screen().at(-1)).toBe('Everything came out as it had to.');
    expect(screen({ ok: false, surprises: ['R-8/placed was refused'] }).slice(-2)).toEqual([
      'It did not come out as it had to:',
      '  R-8/placed was refused',
    ]);
  });
});
