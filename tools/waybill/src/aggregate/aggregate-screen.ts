import type { Paint } from '../screen/paint';
import { columns } from '../screen/columns';
import { factGist, shortType } from './fact-gist';

export interface ShownFact {
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly causationid?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** As much of the stored document as is shown; what it means is the engine's business. */
export interface ShownDocument {
  readonly _id: string;
  readonly rev: number;
  readonly seq: number;
  readonly at: { readonly s: string; readonly o: number };
  readonly src: readonly (readonly [stream: string, offset: number, item: number])[];
  readonly late: readonly string[];
  readonly ids: readonly string[];
  readonly keys?: readonly string[];
  readonly state: unknown;
}

export interface AggregateView {
  readonly id: string;
  readonly document: ShownDocument | null;
  readonly facts: readonly ShownFact[];
  /** Facts that were published more than once. */
  readonly repeats: number;
}

export type Snapshot = Readonly<Record<string, unknown>>;

/** One kind of aggregate, as a person sees it. */
export interface Showing {
  /** What it is called, and the member of its facts that holds the snapshot. */
  readonly noun: 'order' | 'shipment' | 'claim';
  /** What it is now, as rows of name and value. */
  readonly summary: (snapshot: Snapshot) => readonly (readonly [name: string, value: string])[];
}

/** One aggregate for a person: what it is, what happened to it, and up to where its inputs are folded. */
export function aggregateScreen(
  { id, document, facts, repeats }: AggregateView,
  { noun, summary }: Showing,
  paint: Paint,
): string[] {
  const snapshot = facts.at(-1)?.data[noun] as Snapshot | undefined;
  return [
    paint.bold(`${noun} ${id}`),
    ...(snapshot
      ? table(summary(snapshot).map(([name, value]) => [`  ${name}`, value]))
      : ['  no fact of it was published']),
    '',
    paint.bold('facts'),
    ...factLines(facts, paint),
    ...(repeats > 0 ? [paint.dim(`  ${repeats} more were published again and are dropped by readers`)] : []),
    '',
    paint.bold('positions'),
    ...positionLines(document),
  ];
}

/** A value as it is shown: what is unknown is a dash. */
export const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '–';

// facts of one command stand together, below its id
function factLines(facts: readonly ShownFact[], paint: Paint): string[] {
  return facts.flatMap(({ type, sequence, time, causationid, data }, i) => {
    const gist = factGist(type, data);
    const line = `    ${String(sequence).padStart(3)} ${shortType(type)}${gist ? `: ${gist}` : ''}`;
    const isFirst = i === 0 || facts[i - 1]?.causationid !== causationid;
    const head = `  ${time.slice(0, 19).replace('T', ' ')} command ${causationid ?? '(not named)'}`;
    return isFirst ? [paint.dim(head), line] : [line];
  });
}

function positionLines(document: ShownDocument | null): string[] {
  if (!document) return ['  the database has no document of it'];
  return table([
    ['  at', `${document.at.o} of ${document.at.s}`],
    ['  last fact', `${document.seq}, written ${document.rev}×`],
    ...document.src.map(([stream, offset, item]) => [
      '  src',
      `${offset}${item ? `/${item}` : ''} of ${stream}`,
    ]),
    ...document.late.map((late) => ['  late', late]),
    ...document.ids.slice(-5).map((id) => ['  command', commandText(id)]),
    ...(document.keys ?? []).map((key) => ['  unique', key]),
    ...(document.state === null ? [['  state', 'none: a shell that only remembers positions']] : []),
  ]);
}

const table = (rows: readonly (readonly string[])[]): string[] =>
  columns([{ title: '' }, { title: '' }], rows).slice(1);

// the source of a command, a line end, its id
const commandText = (stored: string): string => stored.split('\n').toReversed().join(' of ');
