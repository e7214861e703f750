import { fit } from '../screen/columns';
import type { Paint } from '../screen/paint';
import type { LifeEntry, LifeFact, OutcomeName } from './play-report';

const between = ' · ';
const label = 10;
const indent = ' '.repeat(4);

/** One message of a life, and below it what came of it: a line for the order, one for each parcel. */
export function lifeLines(entry: LifeEntry, width: number, paint: Paint): string[] {
  const time = `  ${entry.at.slice(5, 16).replace('T', ' ')} `;
  const command = `→ ${entry.command}: ${entry.gist}`;
  const outcome = entry.because ?? (entry.facts.length > 0 ? '' : entry.outcome);
  const room = width - time.length - (outcome === '' ? 0 : outcome.length + 2);
  const head = fit(command, room);
  const ending =
    outcome === '' ? '' : `${' '.repeat(room - head.length + 2)}${colourOf(entry.outcome, paint)(outcome)}`;
  return [`${paint.dim(time)}${head}${ending}`, ...factLines(entry, width, paint)];
}

export function colourOf(outcome: OutcomeName, paint: Paint): (text: string) => string {
  return { accepted: paint.good, ignored: paint.mild, refused: paint.bad }[outcome];
}

function factLines({ service, facts }: LifeEntry, width: number, paint: Paint): string[] {
  const byWhom = Map.groupBy(facts, ({ ordinal }) => ordinal ?? 0);
  // what a parcel is told comes to its order afterwards
  const rank = (ordinal: number) => (ordinal === 0 && service === 'shipments' ? Infinity : ordinal);
  // parcels to which the very same happened share a line
  const tellers = Map.groupBy(
    [...byWhom].toSorted(([a], [b]) => rank(a) - rank(b)),
    ([ordinal, told]) => (ordinal === 0 ? '' : told.map(textOf).join(between)),
  );
  return [...tellers.values()].flatMap((group) => {
    const told = group[0]?.[1] ?? [];
    const name = nameOf(
      service,
      group.map(([ordinal]) => ordinal),
    ).padEnd(label);
    return packed(told.map(textOf), width - indent.length - label).map(
      (line, i) => `${indent}${i === 0 ? name : ' '.repeat(label)}${paint.good(line)}`,
    );
  });
}

const textOf = ({ sequence, tale }: LifeFact): string => `${sequence} ${tale}`;

function nameOf(service: string, ordinals: readonly number[]): string {
  if (service === 'claims') return 'claim';
  if (ordinals.length > 1) return 'parcels';
  return ordinals[0] === 0 ? 'order' : `parcel ${ordinals[0]}`;
}

/** As few lines as the texts fit into, one after the other. */
export function packed(texts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const joined = last === undefined ? text : `${last}${between}${text}`;
    if (last !== undefined && joined.length <= width) lines[lines.length - 1] = joined;
    else lines.push(fit(text, width));
  }
  return lines;
}
