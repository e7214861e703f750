import { plain } from '../screen/paint';
import { DeadLetterList } from './dead-letter-list';
import { deadLetterDetails, deadLetterTable } from './dead-letter-screen';
import { cancelRecord, storedDeadLetter } from './dead-letters.fixture';

const listOf = (records: ReturnType<typeof storedDeadLetter>[], filter = {}) => {
  const list = new DeadLetterList(filter);
  for (const record of records) list.add(record);
  return list;
};

describe('the list of dead letters', () => {
  it('shows a repeat once, whatever the order in which partitions are read', () => {
    const [older, newer] = [storedDeadLetter({}, 1000), storedDeadLetter({ key: 'order_cancelled' }, 2000)];
    for (const records of [
      [older, newer],
      [newer, older],
    ]) {
      expect(
        listOf(records)
          .entries()
          .map(({ letter }) => letter.key),
      ).toEqual(['order_cancelled']);
    }
  });

  it('takes the failure after a redrive for newer than a repeat of the first one', () => {
    const records = [storedDeadLetter({ n: 1, key: 'order_cancelled' }, 2000), storedDeadLetter({}, 3000)];
    expect(listOf(records).entries()[0]?.letter.key).toBe('order_cancelled');
  });

  it('filters by kind and key', () => {
    const records = [
      storedDeadLetter(),
      storedDeadLetter({ offset: 43, kind: 'malformed', key: 'malformed_request' }),
    ];
    expect(listOf(records, { kind: 'malformed' }).entries()).toHaveLength(1);
    expect(listOf(records, { key: 'order_not_found' }).entries()).toHaveLength(1);
    expect(listOf(records, { kind: 'failed' }).entries()).toEqual([]);
  });

  it('puts the newest first', () => {
    const records = [1, 3, 2].map((offset) => storedDeadLetter({ offset }, offset * 1000));
    expect(
      listOf(records)
        .entries()
        .map(({ letter }) => letter.offset),
    ).toEqual([3, 2, 1]);
  });

  it('counts what is no dead letter instead of failing', () => {
    const list = listOf([cancelRecord()]);
    expect(list.entries()).toEqual([]);
    expect(list.unreadable).toBe(1);
  });
});

describe('a dead letter on the screen', () => {
  const reasons = [{ loc: ['data', 'id'], field: 'id', msg: 'is missing', type: 'isDefined' }];

  it('is one line with the first reason', () => {
    const [, line] = deadLetterTable(listOf([storedDeadLetter({ reasons })]).entries(), plain);
    expect(line).toBe(
      '1970-01-01 00:00:01  orders.commands/3/42  refused  cancel-order  order_not_found  id is missing',
    );
  });

  it('has a column for places in lines where there are any', () => {
    const parked = {
      aggregateId: 'o-1',
      numbering: 'orders.commands/3/40,0',
      since: 'orders.commands/3/40',
      number: 2,
    };
    const entries = listOf([
      storedDeadLetter({ parked: { ...parked, givenUp: true } }, 3000),
      storedDeadLetter({ offset: 40, parked: { ...parked, number: 0 } }, 2000),
      storedDeadLetter({ offset: 39 }, 1000),
    ]).entries();
    const [head, ...lines] = deadLetterTable(entries, plain);
    expect(head).toContain('PARKED');
    expect(lines).toEqual([
      expect.stringContaining('2, behind orders.commands/3/40, given up'),
      expect.stringContaining('0, began it'),
      expect.not.stringContaining('began it'),
    ]);
    const [first] = entries;
    expect(first ? deadLetterDetails(first, plain).join('\n') : '').toContain(
      'parked      2, behind orders.commands/3/40, given up, of o-1',
    );
  });

  it('shows its record, reasons, headers and body', () => {
    const [entry] = listOf([storedDeadLetter({ reasons, n: 2 })]).entries();
    const text = entry ? deadLetterDetails(entry, plain).join('\n') : '';
    expect(text).toContain('redriven    2 times');
    expect(text).toContain('record      orders.commands/3/42 of 2026-01-19T10:00:01.000Z');
    expect(text).toContain('command     orders.cancel-order.v1, id m-18 of portal');
    expect(text).toContain('  id: is missing (isDefined)');
    expect(text).toContain('  x-trace: t-1');
    expect(text).toContain('"shop_slug":"demo-shop"');
  });

  it('shows also one that cannot be read', () => {
    const record = cancelRecord({ value: Buffer.from('{"cut'), key: null });
    const [entry] = listOf([storedDeadLetter({ kind: 'malformed', record })]).entries();
    expect(entry ? deadLetterDetails(entry, plain).at(-1) : '').toBe('{"cut');
  });
});
