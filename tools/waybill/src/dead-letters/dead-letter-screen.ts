import { columns, fit } from '../screen/columns';
import type { Paint } from '../screen/paint';
import { shortType } from '../aggregate/fact-gist';
import { issueText } from './issue-text';
import { commandOf, type ListedDeadLetter } from './dead-letter-list';
import { placeText } from './parked-line';

const longestReason = 60;

/** One line for each dead letter. Places in lines have a column where there are any. */
export function deadLetterTable(entries: readonly ListedDeadLetter[], paint: Paint): string[] {
  const isParked = entries.some(({ letter }) => letter.parked);
  const [head = '', ...lines] = columns(
    [
      { title: 'SET ASIDE' },
      { title: 'ID' },
      { title: 'KIND' },
      { title: 'COMMAND' },
      { title: 'KEY' },
      ...(isParked ? [{ title: 'PARKED' }] : []),
      { title: 'REASON' },
    ],
    entries.map(({ letter, at }) => [
      at.slice(0, 19).replace('T', ' '),
      letter.id,
      letter.n > 0 ? `${letter.kind} (redriven ${letter.n}×)` : letter.kind,
      shortType(commandOf(letter)?.type ?? '–'),
      letter.key,
      ...(isParked ? [placeText({ letter, at })] : []),
      fit(reasonOf(letter), longestReason),
    ]),
  );
  return [paint.bold(head), ...lines];
}

/** All that is known of one dead letter, its body last. */
export function deadLetterDetails(entry: ListedDeadLetter, paint: Paint): string[] {
  const { letter, at } = entry;
  const { record, parked } = letter;
  const command = commandOf(letter);
  const facts: [string, string][] = [
    ['id', letter.id],
    ['set aside', at],
    ['kind', letter.kind],
    ['key', letter.key],
    ['message', letter.message],
    ['redriven', `${letter.n} times`],
    ...(parked ? ([['parked', `${placeText(entry)}, of ${parked.aggregateId}`]] as [string, string][]) : []),
    [
      'record',
      `${record.topic}/${record.partition}/${record.offset} of ${new Date(record.timestampMs).toISOString()}`,
    ],
    ['record key', record.key?.toString() ?? '(none)'],
    ...(command
      ? ([['command', `${command.type}, id ${command.id} of ${command.source}`]] as [string, string][])
      : []),
    ...(letter.leftOut.length > 0 ? ([['left out', letter.leftOut.join(', ')]] as [string, string][]) : []),
  ];
  const headers = Object.entries(record.headers).map(([name, value]) => `  ${name}: ${String(value)}`);
  return [
    ...columns([{ title: '' }, { title: '' }], facts).slice(1),
    ...section(
      'reasons',
      letter.reasons.map(({ field, msg, type }) => `  ${field || '–'}: ${msg} (${type})`),
      paint,
    ),
    ...section('headers', headers, paint),
    ...section('stack', letter.stack?.split('\n').map((line) => `  ${line}`) ?? [], paint),
    ...section('body', [record.value === null ? '(none)' : record.value.toString()], paint),
  ];
}

/** The first faulty place, else the message. */
export function reasonOf(letter: ListedDeadLetter['letter']): string {
  const [first] = letter.reasons;
  return first ? issueText(first) : letter.message;
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint.bold(title), ...lines];
}
