import { independentFigures } from '../olist/independent-figures';
import { plain } from '../screen/paint';
import { compare } from './comparison';
import type { PlayReport } from './play-report';
import { playScreen } from './play-screen';

const wanted = independentFigures({
  customers: [],
  orders: [8, 9, 10, 11, 12].flatMap((month) => ({
    order_id: `R-${month}`,
    order_status: 'delivered',
    order_purchase_timestamp: `2025-${String(month).padStart(2, '0')}-01 08:00:00`,
    order_delivered_carrier_date: 'yes',
  })),
  items: [{ order_id: 'R-8', price: '1234.50', freight_value: '0.00' }],
});

const report: PlayReport = {
  title: 'Waybill demo: 5 orders, shop demo-shop',
  hero: 'demo-shop/R-8',
  life: [
    {
      at: '2025-08-01T08:00:00Z',
      command: 'upsert-order',
      gist: '2 items for a place with a name that is much longer than the line has room for',
      outcome: 'accepted',
      facts: [{ sequence: 1, type: 'order-placed', gist: '1 parcel to come' }],
    },
    {
      at: '2025-08-02T08:00:00Z',
      command: 'cancel-order',
      gist: 'too late',
      outcome: 'refused',
      because: 'order_already_dispatched',
      facts: [],
    },
  ],
  sent: 1234,
  outcomes: [
    { outcome: 'accepted', because: '', count: 1200 },
    { outcome: 'refused', because: 'order_already_dispatched', count: 1 },
  ],
  facts: [{ type: 'order-shipment-dispatched', count: 51 }],
  newFacts: 51,
  deadLetters: [{ kind: 'malformed', gist: 'JSON that was cut off', because: 'not JSON' }],
  speed: { commands: 1234, seconds: 2, medianMs: 12, slowestMs: 140 },
  check: compare(wanted, { facts: wanted, factCount: 15, http: wanted }),
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
    const [, , head, placed, fact, cancel] = screen();
    expect(head).toBe('The life of order demo-shop/R-8');
    expect(placed).toMatch(/^ {2}2025-08-01 08:00 → upsert-order: 2 items for a place .*…$/);
    expect(fact).toBe('                     ✓ 1 order-placed: 1 parcel to come');
    expect(cancel).toMatch(/^ {2}2025-08-02 08:00 → cancel-order: too late +order_already_dispatched$/);
  });

  it('shows replies beside facts', () => {
    expect(screen()).toContain('  1 200 accepted                              51 order-shipment-dispatched');
  });

  it('shows the first months and says how many more there are', () => {
    const lines = screen();
    expect(lines.filter((line) => line.includes('revenue of'))).toHaveLength(4);
    expect(lines).toContain('  and 1 more months, all of them right');
  });

  it('always shows a month that is wrong', () => {
    const byMonth = { ...wanted.byMonth, '2025-12': { orders: 1, cents: 1 } };
    const check = compare(wanted, { facts: { ...wanted, byMonth }, factCount: 15, http: wanted });
    expect(screen({ check, ok: false }).find((line) => line.includes('2025-12'))).toMatch(/WRONG$/);
  });

  it('ends with a verdict', () => {
    expect(screen().at(-1)).toBe('Everything came out as it had to.');
    expect(screen({ ok: false, surprises: ['R-8/placed was refused'] }).slice(-2)).toEqual([
      'It did not come out as it had to:',
      '  R-8/placed was refused',
    ]);
  });
});
