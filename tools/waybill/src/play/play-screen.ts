import { columns, fit, grouped } from '../screen/columns';
import type { Paint } from '../screen/paint';
import type { CheckRow } from './comparison';
import { colourOf, lifeLines } from './life-lines';
import type { CommandService } from './planned-message';
import type { OutcomeCount, PlayReport } from './play-report';

const width = 80;
const linesShown = 5;

/** The whole report as one screen of at most 80 columns. */
export function playScreen(report: PlayReport, paint: Paint): string[] {
  return [
    paint.bold(fit(report.title, width)),
    paint.bold(fit(`The life of order ${report.hero}`, width)),
    ...report.life.flatMap((entry) => lifeLines(entry, width, paint)),
    '',
    ...sideBySide(
      [...outcomeLines(report, 'orders', paint), ...factLines(report, 'orders', paint)],
      [...outcomeLines(report, 'shipments', paint), ...factLines(report, 'shipments', paint)],
    ),
    '',
    ...checkLines(report, paint),
    ...claimLines(report, paint),
    ...deadLetterLines(report, paint),
    ...speedLines(report, paint),
    `${paint.bold('Final state')}  ${report.finalState.sha256}`,
    ...verdict(report, paint),
  ];
}

interface Line {
  readonly text: string;
  readonly colour?: (text: string) => string;
}

/** Refusals are one line: each of them is sent to be seen once. */
function outcomeLines({ outcomes, sent }: PlayReport, wanted: CommandService, paint: Paint): Line[] {
  const all = outcomes.filter(({ service }) => service === wanted);
  const refused = all.filter(({ outcome }) => outcome === 'refused');
  const told = [
    ...all.filter(({ outcome }) => outcome !== 'refused').map(outcomeOf),
    ...(refused.length === 0
      ? []
      : [{ count: total(refused), outcome: 'refused' as const, text: `refused, by ${refused.length} keys` }]),
  ];
  const digits = digitsOf(told);
  return [
    { text: `${grouped(sent[wanted])} messages to ${wanted}`, colour: paint.bold },
    ...told.map(({ count, text, outcome }) => ({
      text: `  ${grouped(count).padStart(digits)} ${text}`,
      colour: colourOf(outcome, paint),
    })),
  ];
}

const outcomeOf = ({ outcome, because, count }: OutcomeCount) => ({
  count,
  outcome,
  text: because === 'kept' ? 'accepted, kept for its number' : [outcome, because].join(' ').trimEnd(),
});

function factLines({ facts }: PlayReport, wanted: CommandService, paint: Paint): Line[] {
  const all = facts.filter(({ service }) => service === wanted);
  const digits = digitsOf(all);
  return [
    { text: `${grouped(total(all))} facts, each once, without a gap`, colour: paint.bold },
    ...all.map(({ type, count }) => ({ text: `  ${grouped(count).padStart(digits)} ${type}` })),
  ];
}

interface Counted {
  readonly count: number;
}

const total = (counted: readonly Counted[]): number => counted.reduce((sum, { count }) => sum + count, 0);
const digitsOf = (counted: readonly Counted[]): number =>
  Math.max(...counted.map(({ count }) => grouped(count).length), 1);

function sideBySide(left: readonly Line[], right: readonly Line[]): string[] {
  const leftWidth = 40;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [a, b] = [left[i], right[i]];
    const text = fit(a?.text ?? '', leftWidth - 2);
    const painted = a?.colour ? a.colour(text) : text;
    if (!b) return painted;
    const other = fit(b.text, width - leftWidth);
    return `${painted}${' '.repeat(leftWidth - text.length)}${b.colour ? b.colour(other) : other}`;
  });
}

function deadLetterLines({ deadLetters }: PlayReport, paint: Paint): string[] {
  if (deadLetters.length === 0) return [];
  const gists = deadLetters.map(({ gist }) => gist).join(', ');
  return [
    `${paint.bold('Set aside')}    ${fit(`${deadLetters.length} messages, each with its reason: ${gists}`, width - 13)}`,
  ];
}

/** One line is enough: only a story has claims. */
function claimLines({ outcomes, facts }: PlayReport, paint: Paint): string[] {
  const told = outcomes.filter(({ service }) => service === 'claims').map(claimOutcome);
  if (told.length === 0) return [];
  const parts = [...told, `${total(facts.filter(({ service }) => service === 'claims'))} facts`];
  return [`${paint.bold('Claims')}       ${fit(parts.join(', '), width - 13)}`];
}

const claimOutcome = ({ count, outcome, because }: OutcomeCount): string =>
  [count, outcome, because].join(' ').trimEnd();

function speedLines({ speed }: PlayReport, paint: Paint): string[] {
  const { commands, seconds, medianMs, restSeconds } = speed;
  const rate = grouped(Math.round(commands / Math.max(seconds, 0.001)));
  const told = `${grouped(commands)} commands, ${rate}/s, half within ${grouped(medianMs)} ms; at rest after ${restSeconds.toFixed(1)} s`;
  return [`${paint.bold('Speed')}        ${fit(told, width - 13)}`];
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
  const hidden = check.rows.length - shown.length;
  const rest = hidden > 0 ? [paint.dim(`  revenue of ${hidden} months, all of them right`)] : [];
  return [paint.bold(head), ...marked, ...rest];
}

// a month is shown only when it is wrong: a data set has many
const isMonth = ({ label }: CheckRow): boolean => label.startsWith('revenue of ');

function verdict({ check, surprises, ok }: PlayReport, paint: Paint): string[] {
  if (ok) return [paint.good('Everything came out as it had to.')];
  const problems = [...surprises, ...check.differences];
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
