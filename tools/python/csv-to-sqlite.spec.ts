import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, withPython } from './script.fixture';

// as analytics answers `orders?bucket=month&group_by=province_code` as CSV, without the columns of products
const report = [
  'bucket,group,currency,orders,revenue,average_order_value.average,average_order_value.sum,average_order_value.count',
  '2025-09-01,SP,BRL,9,950.40,118.8,950.4,8',
  '2025-09-01,RJ,BRL,12,1000.05,83.3375,1000.05,12',
  '2025-10-01,SP,BRL,1,0,,0,0',
  '2025-10-01,"north, ""far""",BRL,2,10,5,10,2',
  '',
].join('\r\n');

const ask = (question: string, input = report) =>
  runScript('csv_to_sqlite.py', ['-', '--sql', question], { input });

withPython('a report in SQLite', () => {
  it('is sorted and compared as numbers', () => {
    const question = 'select "group", orders from report where revenue > 100 order by orders desc';
    expect(ask(question)).toEqual({ code: 0, out: 'group,orders\nRJ,12\nSP,9\n', err: '' });
  });

  it('keeps names with a dot, and NULL for what is not known', () => {
    const question =
      'select sum("average_order_value.count") n, count(*) - count("average_order_value.average") unknown from report';
    expect(ask(question).out).toBe('n,unknown\n22,1\n');
  });

  it('keeps commas and quotes of a value', () => {
    expect(ask(`select "group" from report where "group" like 'north%'`).out).toBe(
      'group\n"north, ""far"""\n',
    );
  });

  it('keeps a leading zero: such a column is text', () => {
    expect(ask('select zip from report', 'zip,orders\n01310,1\n88010,2\n').out).toBe('zip\n01310\n88010\n');
  });

  it('has no byte order mark in the name of its first column', () => {
    expect(ask('select bucket from report', '\uFEFFbucket\nx\n').out).toBe('bucket\nx\n');
  });

  it('has its columns even without a row', () => {
    expect(ask('select count(orders) n from report', 'bucket,orders\n').out).toBe('n\n0\n');
  });

  it('stays in a file for the next question', () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-report-'));
    const database = join(folder, 'reports.db');
    const load = (table: string, ...more: string[]) =>
      runScript('csv_to_sqlite.py', ['-', '--database', database, '--table', table, ...more], {
        input: report,
      });
    load('september');
    // loading a table again replaces it
    load('september');
    const { out } = load(
      'all',
      '--sql',
      'select count(*) n from september join "all" using (bucket, "group")',
    );
    rmSync(folder, { recursive: true });
    expect(out).toBe('n\n4\n');
  });

  it.each([
    { what: 'an empty file', input: '', reason: 'is empty' },
    { what: 'a row that is too short', input: 'a,b\n1\n', reason: 'row 2: 1 values for 2 columns' },
    { what: 'two columns of one name', input: 'a,a\n1,2\n', reason: 'duplicate column name' },
    {
      what: 'a question that is none',
      input: 'a\n1\n',
      question: 'delete from report',
      reason: '--sql wants',
    },
    { what: 'wrong SQL', input: 'a\n1\n', question: 'select b from report', reason: 'no such column' },
  ])('$what ends it with code 1 and a reason', ({ input, question = 'select 1', reason }) => {
    const { code, err } = ask(question, input);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(reason) });
  });
});
