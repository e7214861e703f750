import { pythonScript } from '../olist/python-figures';
import { reportTable, type ShownReport } from '../report/report-screen';
import { columns, fit, grouped } from '../screen/columns';
import type { Paint } from '../screen/paint';
import type { CheckRow } from './comparison';
import { differencesOf } from './figures-check';
import { lifeLines } from './life-lines';
import type { CommandService } from './planned-message';
import type { OutcomeCount, OutcomeName, PlayReport } from './play-report';

const width = 80;
const labelWidth = 13;
const linesShown = 5;
const rowsShown = 8;

/** The whole report as one screen of at most 80 columns. */
export function playScreen(report: PlayReport, paint: Paint): string[] {
  return [
    paint.bold(fit(report.title, width)),
    paint.bold(fit(`The life of order ${report.hero}`, width)),
    ...report.life.flatMap((entry) => lifeLines(entry, width, paint)),
    '',
    ...serviceLines(report, 'orders', paint),
    ...serviceLines(report, 'shipments', paint),
    ...claimLines(report, paint),
    ...deadLetterLines(report, paint),
    ...speedLines(report, paint),
    labelled('Final state', report.finalState.sha256, paint),
    ...checkLines(report, paint),
    ...figureLines(report, paint),
    ...report.reports.flatMap((shown) => reportLines(shown, paint)),
    ...verdict(report, paint),
  ];
}

/** What was sent to a service, and what it said of it. Refusals are one number: each of them is sent to be seen once. */
function serviceLines({ outcomes, facts, sent }: PlayReport, wanted: CommandService, paint: Paint): string[] {
  const answers = outcomes.filter(({ service }) => service === wanted);
  const of = (outcome: OutcomeName) => answers.filter((one) => one.outcome === outcome);
  const [accepted, refused] = [of('accepted'), of('refused')];
  const kept = total(accepted.filter(({ because }) => because === 'kept'));
  const told = [
    `${grouped(total(accepted) - kept)} accepted`,
    ...(kept > 0 ? [`${grouped(kept)} kept for a number`] : []),
    `${grouped(total(of('ignored')))} ignored`,
    ...(refused.length > 0 ? [`${grouped(total(refused))} refused by ${refused.length} keys`] : []),
  ];
  const own = facts.filter(({ service }) => service === wanted);
  const byType = own.map(({ type, count }) => `${grouped(count)} ${type}`);
  const lines = [
    `${grouped(sent[wanted])} messages: ${told.join(', ')}`,
    `${grouped(total(own))} facts, each once, without a gap: ${byType.join(', ')}`,
  ];
  const label = `${wanted[0]?.toUpperCase()}${wanted.slice(1)}`;
  return lines.map((line, i) => labelled(i === 0 ? label : '', line, paint));
}

interface Counted {
  readonly count: number;
}

const total = (counted: readonly Counted[]): number => counted.reduce((sum, { count }) => sum + count, 0);

/** A line that begins with what it is about. */
const labelled = (label: string, text: string, paint: Paint): string =>
  `${paint.bold(label)}${' '.repeat(labelWidth - label.length)}${fit(text, width - labelWidth)}`;

function deadLetterLines({ deadLetters }: PlayReport, paint: Paint): string[] {
  if (deadLetters.length === 0) return [];
  const gists = deadLetters.map(({ gist }) => gist).join(', ');
  return [labelled('Set aside', `${deadLetters.length} messages, each with its reason: ${gists}`, paint)];
}

/** One line is enough: only a story has claims. */
function claimLines({ outcomes, facts }: PlayReport, paint: Paint): string[] {
  const told = outcomes.filter(({ service }) => service === 'claims').map(claimOutcome);
  if (told.length === 0) return [];
  const parts = [...told, `${total(facts.filter(({ service }) => service === 'claims'))} facts`];
  return [labelled('Claims', parts.join(', '), paint)];
}

const claimOutcome = ({ count, outcome, because }: OutcomeCount): string =>
  [count, outcome, because].join(' ').trimEnd();

function speedLines({ speed }: PlayReport, paint: Paint): string[] {
  const { commands, seconds, medianMs, restSeconds } = speed;
  const rate = grouped(Math.round(commands / Math.max(seconds, 0.001)));
  const told = `${grouped(commands)} commands, ${rate}/s, half within ${grouped(medianMs)} ms; at rest after ${restSeconds.toFixed(1)} s`;
  return [labelled('Speed', told, paint)];
}

function checkLines({ check }: PlayReport, paint: Paint): string[] {
  const shown = check.rows.filter((row) => !isMonth(row) || !row.ok);
  const cells = shown.map(({ label, wanted, facts, http }) => [`  ${label}`, wanted, facts, http]);
  const [head = '', ...lines] = columns(
    [
      { title: 'Check' },
      { title: 'from the CSV', align: 'right' },
      { title: 'facts', align: 'right' },
      { title: 'HTTP', align: 'right' },
    ],
    cells,
  );
  const marked = lines.map((line, i) => {
    const sign = shown[i]?.ok ? paint.good('ok') : paint.bad('WRONG');
    return `${fit(line, width - 7).padEnd(width - 6)} ${sign}`;
  });
  return [paint.bold(head), ...marked];
}

// a month is shown only when it is wrong: a data set has many
const isMonth = ({ label }: CheckRow): boolean => /^revenue of \d{4}-/.test(label);

function figureLines({ figures }: PlayReport, paint: Paint): string[] {
  if (!figures) return [];
  if ('skipped' in figures) return [labelled('Reports', `not compared: ${figures.skipped}`, paint)];
  const { compared, differences } = figures;
  const wrong =
    differences.length > 0 ? `${differences.length} of ${grouped(compared)} figures NOT` : undefined;
  const text = `${wrong ?? `${grouped(compared)} figures`} as ${pythonScript} has them`;
  return [labelled('Reports', text, paint)];
}

/** The first rows of a report, under the words that ask for it. */
function reportLines({ report, bucket, groupBy, rows }: ShownReport, paint: Paint): string[] {
  const options = [...(bucket ? [`--bucket ${bucket}`] : []), ...(groupBy ? [`--group-by ${groupBy}`] : [])];
  const table = reportTable({ report, rows, ...(bucket && { bucket }), ...(groupBy && { groupBy }) }, paint);
  return [
    paint.bold(`Report ${[report, ...options].join(' ')}`),
    ...firstOf(
      table.map((line) => `  ${fit(line, width - 2)}`),
      rowsShown,
    ),
  ];
}

function verdict({ check, figures, surprises, ok }: PlayReport, paint: Paint): string[] {
  if (ok) return [paint.good('Everything came out as it had to.')];
  const problems = [...surprises, ...differencesOf(figures), ...check.differences];
  return [
    paint.bad('It did not come out as it had to:'),
    ...firstOf(
      problems.map((problem) => fit(`  ${problem}`, width)),
      linesShown,
    ),
  ];
}

function firstOf(lines: readonly string[], count: number): string[] {
  return lines.length <= count
    ? [...lines]
    : [...lines.slice(0, count), `  and ${lines.length - count} more`];
}
