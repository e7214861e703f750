import type { MessagingLog, Tracing } from '@waybill/messaging';
import { Story } from './engine-story.spec-data';
import { topics } from './simulated/world';
import { toldReports } from './told-reports';

const spanOf = (n: number) => `00-${'a'.repeat(32)}-${String(n).padStart(16, '0')}-01`;

/** Counts its spans, so that each attempt has another one. */
class CountingTracing implements Pick<Tracing, 'begin' | 'result'> {
  readonly results: object[] = [];
  private begun = 0;

  begin(): string {
    this.begun += 1;
    return spanOf(this.begun);
  }
  result(_: object, { outcome, key, aggregateId }: Parameters<Tracing['result']>[1]): void {
    this.results.push({ outcome, key, aggregateId });
  }
}

function watched() {
  const tracing = new CountingTracing();
  const lines: [level: string, line: object, text: string][] = [];
  const note = (level: string) => (line: object, text: string) => void lines.push([level, line, text]);
  const log = Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, note(level)]));
  const reported: object[] = [];
  const reports = toldReports(
    {
      outcome: ({ outcome }) => void reported.push({ outcome }),
      alarm: (alarm) => void reported.push(alarm),
    },
    log as unknown as MessagingLog,
    tracing as unknown as Tracing,
  );
  return { tracing, lines, reported, reports, told: new Story({ tracing, reports }) };
}

const traceparents = (told: Story, topic = topics.events): (string | undefined)[] =>
  told.log.all(topic).map(({ value }) => (JSON.parse(String(value)) as { traceparent?: string }).traceparent);

it('says in a fact which work made it, and says the same again when it is published again', async () => {
  const { told, tracing } = watched();
  told.send('create', { target: 'a0' });
  told.send('append', { target: 'a0' });
  await told.run();
  const first = told.log.all(topics.events).map(({ value }) => String(value));
  expect(new Set(traceparents(told))).toEqual(new Set([spanOf(1), spanOf(2)]));
  told.restartAt(0);
  await told.run();
  const again = told.log.all(topics.events).slice(first.length);
  expect(again.map(({ value }) => String(value))).toEqual(first);
  expect(tracing.begin()).toBe(spanOf(5));
});

it('logs what became of a command under its ids, and tells its trace', async () => {
  const { told, lines, tracing, reported } = watched();
  told.send('create', { target: 'a0' }, { id: 'm-1' });
  await told.run();
  expect(lines).toEqual([
    [
      'debug',
      expect.objectContaining({
        type: 'samples.create.v1',
        outcome: 'accepted',
        command_id: 'm-1',
        correlation_id: 'm-1',
        trace_id: 'a'.repeat(32),
      }),
      'a command was handled',
    ],
  ]);
  expect(tracing.results).toEqual([{ outcome: 'accepted', key: undefined, aggregateId: 'a0' }]);
  expect(reported).toEqual([{ outcome: 'accepted' }]);
});

it('warns of a dead letter, with the id that it is shown by', async () => {
  const { told, lines } = watched();
  told.log.append({ topic: topics.commands, key: 'a0', value: 'nonsense', headers: {} });
  await told.run();
  expect(lines).toEqual([
    [
      'warn',
      { kind: 'malformed', key: 'malformed_request', dead_letter: `${topics.commands}/0/0` },
      'a message became a dead letter',
    ],
  ]);
});

it('logs an alarm with its place', () => {
  const { reports, lines, reported } = watched();
  const alarm = { kind: 'unreadable', topic: 'orders.events', partition: 2, offset: 36 } as const;
  reports.alarm?.(alarm);
  expect(lines).toEqual([['error', alarm, 'facts are missing or unreadable']]);
  expect(reported).toEqual([alarm]);
});
