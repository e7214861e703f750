import type { Figures } from './figures';

/** The figures of a storm as the lines of a table. */
export function tableOf(figures: Figures): string[] {
  const { kills, failpoints, trouble, gaveUp } = figures;
  const { ms, command } = figures.slowestRecovery;
  const rows: (readonly [name: string, value: string])[] = [
    ['kills', counted(sum(kills) + sum(failpoints))],
    ...rowsOf('', kills),
    ...rowsOf('at ', failpoints),
    ['other trouble', counted(sum(trouble))],
    ...rowsOf('', trouble),
    ...(sum(gaveUp) > 0 ? ([['ended by themselves', counted(sum(gaveUp))]] as const) : []),
    ...rowsOf('', gaveUp),
    ['commands', counted(figures.commands)],
    ['facts', counted(figures.facts)],
    ['repeats dropped', counted(figures.repeatsDropped)],
    ['slowest recovery', `${(ms / 1000).toFixed(1)} s (${command})`],
    ['lost', counted(figures.lost)],
    ['doubled', counted(figures.doubled)],
    ['out of order', counted(figures.outOfOrder)],
    ['wrong answers', counted(figures.wrongAnswers)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(9)}`.trimEnd());
}

const rowsOf = (prefix: string, counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, count]) => [`  ${prefix}${name}`, counted(count)] as const);

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** `1234567` as `1 234 567`. */
const counted = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
