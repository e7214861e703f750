import { shortType, factGist } from './fact-gist';
import type { Paint } from '../screen/paint';
import { columns } from '../screen/columns';

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

export interface OrderView {
  readonly id: string;
  readonly document: ShownDocument | null;
  readonly facts: readonly ShownFact[];
  /** Facts that were published more than once. */
  readonly repeats: number;
}

/** An order for a person: what it is, what happened to it, and up to where its inputs are folded. */
export function orderScreen({ id, document, facts, repeats }: OrderView, paint: Paint): string[] {
  const snapshot = facts.at(-1)?.data['order'];
  return [
    paint.bold(`order ${id}`),
    ...(snapshot ? snapshotLines(snapshot as Record<string, unknown>) : ['  no fact of it was published']),
    '',
    paint.bold('facts'),
    ...factLines(facts, paint),
    ...(repeats > 0 ? [paint.dim(`  ${repeats} more were published again and are dropped by readers`)] : []),
    '',
    paint.bold('positions'),
    ...positionLines(document),
  ];
}

function snapshotLines(order: Record<string, unknown>): string[] {
  const slots = Array.isArray(order['shipments']) ? (order['shipments'] as Record<string, unknown>[]) : [];
  const rows = [
    'shop_slug',
    'order_number',
    'status',
    'order_placed_at',
    'currency',
    'total_order_price',
  ].map((name) => [`  ${name}`, plainText(order[name])]);
  const parcels = slots.map((slot) => [
    `  parcel ${plainText(slot['ordinal'])}`,
    [slot['status'], slot['phase'], slot['carrier_reference'], slot['tracking_number']]
      .filter((part) => typeof part === 'string')
      .join(', '),
  ]);
  return columns([{ title: '' }, { title: '' }], [...rows, ...parcels]).slice(1);
}

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
  const rows = [
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
  ];
  return columns([{ title: '' }, { title: '' }], rows).slice(1);
}

const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '–';

// the source of a command, a line end, its id
const commandText = (stored: string): string => stored.split('\n').toReversed().join(' of ');
