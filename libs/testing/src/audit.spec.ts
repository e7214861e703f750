import { audit, type Evidence, type KeptRecord, type SentCommand } from './audit';

const order = 'o-1';
const fact = (sequence: number, type: string, causationid: string, data: object = {}) => ({
  id: `${order}/${sequence}`,
  type,
  subject: order,
  sequence,
  causationid,
  data: { order: { version: sequence }, ...data },
});
const placed = fact(1, 'order-placed', 'place');
const dispatched = fact(2, 'order-shipment-dispatched', 'upsert', { shipment_id: 's-1' });
const fulfilled = fact(3, 'order-fulfilled', 'upsert');
const updated = fact(4, 'order-updated', 'update');

const record = (
  value: object | string,
  headers: Record<string, string> = {},
  place: Partial<KeptRecord> = {},
) => ({
  partition: 0,
  key: order,
  value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  headers,
  ...place,
});
const log = (records: readonly Omit<KeptRecord, 'offset'>[]): KeptRecord[] =>
  records.map((one, offset) => ({ offset, ...one }));
const facts = (...all: object[]) => log(all.map((one) => record(one)));
const reply = (to: string, value: object) => record(value, { kafka_correlationId: to });
const letter = (id: string, kind: string, at = 'orders.commands/0/7', more: Record<string, string> = {}) =>
  record({ id }, { 'waybill-dl-id': at, 'waybill-dl-kind': kind, ...more });

const accepted = (...events: { type: string; sequence: number }[]) => ({
  outcome: 'accepted',
  aggregate_id: order,
  sequence: events.at(-1)?.sequence,
  events: events.map(({ type, sequence }) => ({ type, sequence })),
});
const refused = { outcome: 'refused', key: 'order_cancelled' };
const duplicate = { outcome: 'ignored', reason: 'duplicate' };

const sent: SentCommand[] = [
  { id: 'place', asks: true, copies: 1, must: 'change' },
  { id: 'upsert', asks: false, copies: 1, must: 'change' },
  { id: 'update', asks: false, copies: 2 },
  { id: 'cancel', asks: true, copies: 1, must: 'be refused' },
  { id: 'late', asks: false, copies: 1, must: 'be refused' },
  { id: 'bulk/0', asks: true, copies: 1 },
];

/** What a faultless service would have left behind. */
const good = {
  facts: facts(placed, dispatched, placed, dispatched, fulfilled, updated),
  replies: log([
    reply('place', accepted(placed)),
    reply('place', accepted(placed)),
    reply('cancel', refused),
    reply('cancel', duplicate),
    reply('bulk', { ...refused, item: 0, items: 1 }),
  ]),
  deadLetters: log([letter('late', 'refused'), letter('late', 'refused')]),
  stored: new Map([[order, 4]]),
  served: new Map<string, unknown>([[order, { version: 4 }]]),
} satisfies Evidence;

const problems = (changed: Partial<Evidence>, commands: readonly SentCommand[] = sent) =>
  audit(commands, { ...good, ...changed }, 'order');

it('finds nothing where all is well, repeats and duplicates included', () => {
  expect(problems({})).toEqual([]);
});

describe('facts', () => {
  it.each([
    ['one left out', facts(placed, fulfilled, dispatched, updated), /o-1\/3 at 0\/1 follows 1/],
    [
      'a repeat that differs',
      facts(placed, dispatched, { ...placed, time: 'now' }, fulfilled, updated),
      /differs from its first/,
    ],
    [
      'one that nobody asked for',
      facts(placed, dispatched, fulfilled, fact(4, 'order-updated', 'ghost')),
      /ghost, which nobody sent/,
    ],
    [
      'a command applied twice',
      facts(placed, dispatched, fulfilled, fact(4, 'order-fulfilled', 'upsert')),
      /upsert: was applied twice/,
    ],
    [
      'a command applied at two times',
      facts(placed, dispatched, fact(3, 'order-updated', 'update'), fact(4, 'order-fulfilled', 'upsert')),
      /upsert: was applied at several times/,
    ],
    [
      'a command without the effect it must have',
      facts(placed, fact(2, 'order-updated', 'update')),
      /upsert: had to change/,
    ],
  ])('%s', (_, changed, says) => {
    expect(problems({ facts: changed }).join('\n')).toMatch(says);
  });

  it('in two partitions', () => {
    const changed = good.facts.map((one) => (one.offset === 5 ? { ...one, partition: 1 } : one));
    expect(problems({ facts: changed }).join('\n')).toMatch(/another partition/);
  });
});

describe('answers', () => {
  const without = (id: string) => good.replies.filter(({ headers }) => headers['kafka_correlationId'] !== id);
  it.each([
    ['one missing', without('place'), /place: has no outcome/],
    [
      'only a duplicate',
      [...without('place'), ...log([reply('place', duplicate)])],
      /place: has no outcome but/,
    ],
    ['two outcomes', [...good.replies, ...log([reply('place', refused)])], /place: has 2 outcomes/],
    [
      'facts that are not so',
      [...without('place'), ...log([reply('place', accepted(placed, dispatched))])],
      /was told/,
    ],
    [
      'refused, but applied',
      [...without('place'), ...log([reply('place', refused)])],
      /was applied but never said/,
    ],
    [
      'accepted, but not applied',
      [...without('cancel'), ...log([reply('cancel', accepted(placed))])],
      /cancel: was told/,
    ],
    ['one to nobody', [...good.replies, ...log([reply('ghost', refused)])], /ghost, which nobody sent/],
    [
      'one without a question',
      [...good.replies, ...log([reply('upsert', refused)])],
      /upsert: was answered without asking/,
    ],
  ])('%s', (_, replies, says) => {
    expect(problems({ replies }).join('\n')).toMatch(says);
  });
});

describe('dead letters', () => {
  it.each([
    ['one missing', [], /late: had to be refused/],
    [
      'two for one record',
      [letter('late', 'refused'), letter('late', 'refused', 'orders.commands/0/8')],
      /late: has 2 dead letters/,
    ],
    ['a failure', [...good.deadLetters, letter('upsert', 'failed', 'orders.commands/0/9')], /upsert: failed/],
    [
      'one for a command that was applied',
      [...good.deadLetters, letter('upsert', 'refused', 'orders.commands/0/9')],
      /upsert: was refused and applied/,
    ],
    [
      'one for a command that asked for a reply',
      [...good.deadLetters, letter('cancel', 'refused', 'orders.commands/0/9')],
      /cancel: was refused by a dead letter/,
    ],
    ['one of two minds', [...good.deadLetters, letter('late', 'malformed')], /refused and malformed/],
    [
      'an item that nobody sent',
      [
        ...good.deadLetters,
        letter('bulk', 'refused', 'x', { 'waybill-dl-items': '2', 'waybill-dl-item': '1' }),
      ],
      /bulk\/1, which nobody sent/,
    ],
  ])('%s', (_, deadLetters, says) => {
    expect(problems({ deadLetters: log(deadLetters) }).join('\n')).toMatch(says);
  });

  it('of a command that has to fail and does not', () => {
    expect(problems({}, [...sent, { id: 'x', asks: false, copies: 1, must: 'fail' }])).toEqual([
      'command x: had to fail and did not',
    ]);
  });
});

describe('orders', () => {
  it.each([
    ['stored behind their facts', { stored: new Map([[order, 3]]) }, /stored at 3 and has 4 facts/],
    [
      'stored without facts',
      { stored: new Map([...good.stored, ['o-2', 1]]) },
      /o-2 is stored and has no facts/,
    ],
    ['served otherwise', { served: new Map([[order, { version: 3 }]]) }, /served otherwise/],
  ])('%s', (_, changed, says) => {
    expect(problems(changed).join('\n')).toMatch(says);
  });
});
