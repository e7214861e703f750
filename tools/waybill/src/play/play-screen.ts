import { columns, fit, grouped } from '../screen/columns';
import type { Paint } from '../screen/paint';
import type { CheckRow } from './comparison';
import type { LifeEntry, OutcomeName, PlayReport } from './play-report';

const width = 80;
const indent = ' '.repeat(19);
const monthsShown = 4;
const linesShown = 5;

/** The whole report as one screen of at most 80 columns. */
export function playScreen(report: PlayReport, paint: Paint): string[] {
  return [
    paint.bold(fit(report.title, width)),
    '',
    paint.bold(fit(`The life of order ${report.hero}`, width)),
    ...report.life.flatMap((entry) => lifeLines(entry, paint)),
    '',
    ...sideBySide(outcomeLines(report, paint), factLines(report, paint)),
    '',
    ...deadLetterLines(report, paint),
    ...speedLines(report, paint),
    '',
    ...checkLines(report, paint),
    ...verdict(report, paint),
  ];
}

function lifeLines(entry: LifeEntry, paint: Paint): string[] {
  const time = `  ${entry.at.slice(0, 16).replace('T', ' ')} `;
  const command = `→ ${entry.command}: ${entry.gist}`;
  const outcome = entry.because ?? entry.outcome;
  const colour = colourOf(entry.outcome, paint);
  const facts = entry.facts.map(({ sequence, type, gist }) => {
    const told = fit(`${sequence} ${type}${gist ? `: ${gist}` : ''}`, width - indent.length - 4);
    return `${indent}  ${colour('✓')} ${told}`;
  });
  const room = width - time.length - outcome.length - 2;
  const head = `${paint.dim(time)}${fit(command, room)}`;
  if (facts.length > 0) return [head, ...facts];
  return [`${head}${' '.repeat(room - fit(command, room).length + 2)}${colour(outcome)}`];
}

function colourOf(outcome: OutcomeName, paint: Paint): (text: string) => string {
  return { accepted: paint.good, ignored: paint.mild, refused: paint.bad }[outcome];
}

interface Line {
  readonly text: string;
  readonly colour?: (text: string) => string;
}

function outcomeLines({ outcomes, sent }: PlayReport, paint: Paint): Line[] {
  const digits = Math.max(...outcomes.map(({ count }) => grouped(count).length), 1);
  return [
    { text: `${grouped(sent)} messages sent, the replies`, colour: paint.bold },
    ...outcomes.map(({ outcome, because, count }) => ({
      text: `  ${grouped(count).padStart(digits)} ${outcome.padEnd(8)}  ${because}`.trimEnd(),
      colour: colourOf(outcome, paint),
    })),
  ];
}

function factLines({ facts, newFacts }: PlayReport, paint: Paint): Line[] {
  const digits = Math.max(...facts.map(({ count }) => grouped(count).length), 1);
  return [
    { text: `${grouped(newFacts)} facts came of them`, colour: paint.bold },
    ...facts.map(({ type, count }) => ({ text: `${grouped(count).padStart(digits)} ${type}` })),
    ...(newFacts > 0 ? [{ text: 'each once, in order, no gap', colour: paint.dim }] : []),
  ];
}

function sideBySide(left: readonly Line[], right: readonly Line[]): string[] {
  const leftWidth = 46;
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
  const rows = deadLetters.map(({ kind, gist, because }) => [`  ${kind}`, gist, because]);
  const [, ...lines] = columns([{ title: '' }, { title: '' }, { title: '' }], rows);
  return [
    paint.bold(`${deadLetters.length} set aside as dead letters, each with its reason`),
    ...firstOf(
      lines.map((line) => fit(line, width)),
      8,
    ),
    '',
  ];
}

function speedLines({ speed }: PlayReport, paint: Paint): string[] {
  const { commands, seconds, medianMs, slowestMs } = speed;
  const rate = grouped(Math.round(commands / Math.max(seconds, 0.001)));
  const told = `${grouped(commands)} commands in ${seconds.toFixed(1)} s, ${rate}/s; half answered in ${medianMs} ms, all in ${slowestMs} ms`;
  return [`${paint.bold('Speed')}  ${fit(told, width - 7)}`];
}

function checkLines({ check }: PlayReport, paint: Paint): string[] {
  const shown = shortened(check.rows);
  const cells = shown.map(({ label, wanted, facts, http }) => [`  ${label}`, wanted, facts, http]);
  const [head = '', ...lines] = columns(
    [
      { title: 'Check' },
      { title: 'from the CSV', align: 'right' },
      { title: 'in the facts', align: 'right' },
      { title: 'over HTTP', align: 'right' },
    ],
    cells,
  );
  const marked = lines.map((line, i) => {
    const sign = shown[i]?.ok ? paint.good('ok') : paint.bad('WRONG');
    return `${line.padEnd(width - 6)} ${sign}`;
  });
  const hidden = check.rows.length - shown.length;
  const rest = hidden > 0 ? [paint.dim(`  and ${hidden} more months, all of them right`)] : [];
  return [paint.bold(head), ...marked, ...rest];
}

// a month that is wrong is always shown, one that is right only as long as there is room
function shortened(rows: readonly CheckRow[]): CheckRow[] {
  let room = monthsShown;
  return rows.filter((row) => !isMonth(row) || !row.ok || room-- > 0);
}

const isMonth = ({ label }: CheckRow): boolean => label.startsWith('revenue of ');

function verdict({ check, surprises, ok }: PlayReport, paint: Paint): string[] {
  if (ok) return ['', paint.good('Everything came out as it had to.')];
  const problems = [...surprises, ...check.differences];
  return [
    '',
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
