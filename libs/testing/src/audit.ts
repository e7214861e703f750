import { isDeepStrictEqual } from 'node:util';

/** A command as its sender knows it; an item of a bulk is one of its own, `<command id>/<position>`. */
export interface SentCommand {
  readonly id: string;
  /** It asked for a reply, under its own id (for an item: the id of the bulk) as correlation id. */
  readonly asks: boolean;
  /** Records that may carry it: more than one when it was doubled on purpose or sent again by a sender in doubt. */
  readonly copies: number;
  /** What has to come of it whatever happens around it. */
  readonly must?: 'change' | 'be refused' | 'fail';
}

/** A record as it was read back; a header that came several times keeps its last value. */
export interface KeptRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everything that a service has left behind. */
export interface Evidence {
  readonly facts: readonly KeptRecord[];
  readonly replies: readonly KeptRecord[];
  readonly deadLetters: readonly KeptRecord[];
  /** Last sequence of each aggregate that has a state, as the database has it. */
  readonly stored: ReadonlyMap<string, number>;
  /** Each of these aggregates as it is served over HTTP. */
  readonly served: ReadonlyMap<string, unknown>;
}

interface Fact {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly causationid: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Reply {
  readonly outcome: 'accepted' | 'ignored' | 'refused';
  readonly reason?: string;
  readonly aggregate_id?: string;
  readonly sequence?: number;
  readonly events?: readonly { readonly type: string; readonly sequence: number }[];
  readonly item?: number;
}

interface Letter {
  readonly id: string;
  readonly kind: string;
}

/** What came of one command, repeats taken out. */
interface Effect {
  readonly facts: Fact[];
  readonly replies: Map<string, Reply>;
  readonly letters: Map<string, Letter>;
}

/**
 * Checks what a service left behind against what was sent, from the messages alone: it shares no code with the engine.
 * `member` names the snapshot in a fact's data. The answer is a list of what is wrong, empty when all is well.
 */
export function audit(sent: readonly SentCommand[], evidence: Evidence, member: string): string[] {
  const problems: string[] = [];
  const facts = readFacts(evidence.facts, problems);
  const effects = new Map(sent.map(({ id }) => [id, emptyEffect()]));
  for (const own of facts.values())
    for (const fact of own) {
      const effect = effects.get(fact.causationid);
      if (effect) effect.facts.push(fact);
      else problems.push(`fact ${fact.id} comes of ${fact.causationid}, which nobody sent`);
    }
  sortReplies(evidence.replies, effects, problems);
  sortLetters(evidence.deadLetters, effects, problems);
  for (const command of sent) {
    const effect = effects.get(command.id) ?? emptyEffect();
    for (const fault of [
      ...factFaults(effect),
      ...answerFaults(command, effect),
      ...mustFaults(command, effect),
    ])
      problems.push(`command ${command.id}: ${fault}`);
  }
  problems.push(...stateFaults(facts, evidence, member));
  return problems;
}

/** Facts by aggregate as a reader keeps them: repeats dropped, which must be the same bytes; nothing left out at any moment. */
function readFacts(records: readonly KeptRecord[], problems: string[]): Map<string, Fact[]> {
  const kept = new Map<string, { facts: Fact[]; records: KeptRecord[] }>();
  for (const record of inOrder(records)) {
    const fact = JSON.parse(String(record.value)) as Fact;
    const own = kept.get(fact.subject) ?? { facts: [], records: [] };
    kept.set(fact.subject, own);
    const first = own.records[fact.sequence - 1];
    if (first) {
      const same =
        first.partition === record.partition &&
        first.key === record.key &&
        isEqual(first.value, record.value);
      if (!same)
        problems.push(`fact ${fact.id} at ${placeOf(record)} differs from its first at ${placeOf(first)}`);
      continue;
    }
    if (fact.sequence !== own.facts.length + 1)
      problems.push(`fact ${fact.id} at ${placeOf(record)} follows ${own.facts.length} of its order`);
    if (fact.id !== `${fact.subject}/${fact.sequence}`)
      problems.push(`fact ${fact.id} is ${fact.sequence} of ${fact.subject}`);
    if (own.records[0] && own.records[0].partition !== record.partition)
      problems.push(`fact ${fact.id} lies in another partition than the first of its order`);
    own.facts.push(fact);
    own.records.push(record);
  }
  return new Map([...kept].map(([subject, { facts }]) => [subject, facts]));
}

function sortReplies(
  records: readonly KeptRecord[],
  effects: ReadonlyMap<string, Effect>,
  problems: string[],
): void {
  for (const { value, headers } of records) {
    const text = String(value);
    const reply = JSON.parse(text) as Reply;
    const asked = headers['kafka_correlationId'];
    const id = reply.item === undefined ? asked : `${asked}/${reply.item}`;
    const effect = effects.get(id ?? '');
    if (effect) effect.replies.set(text, reply);
    else problems.push(`a reply to ${id}, which nobody sent: ${text}`);
  }
}

function sortLetters(
  records: readonly KeptRecord[],
  effects: ReadonlyMap<string, Effect>,
  problems: string[],
): void {
  for (const { value, headers } of records) {
    const letter = { id: headers['waybill-dl-id'] ?? '', kind: headers['waybill-dl-kind'] ?? '' };
    const id = commandOf(String(value), headers);
    const effect = effects.get(id);
    if (!effect) problems.push(`the dead letter ${letter.id} holds ${id}, which nobody sent`);
    const known = effect?.letters.get(letter.id);
    if (known && known.kind !== letter.kind)
      problems.push(`the dead letter ${letter.id} is ${known.kind} and ${letter.kind}`);
    effect?.letters.set(letter.id, letter);
  }
}

/** Text that is no envelope stands for itself. An item of a bulk may be kept as the whole bulk, or split from it. */
function commandOf(text: string, headers: KeptRecord['headers']): string {
  let id: unknown;
  try {
    id = (JSON.parse(text) as { id?: unknown }).id;
  } catch {
    return text;
  }
  const item = headers['waybill-dl-items'] === undefined ? undefined : headers['waybill-dl-item'];
  return item === undefined || String(id).endsWith(`/${item}`) ? String(id) : `${String(id)}/${item}`;
}

/** One application of a command makes neighbouring facts of one aggregate, of each type at most one (one dispatch for each parcel). */
function factFaults({ facts }: Effect): string[] {
  const first = facts[0];
  if (!first) return [];
  const faults: string[] = [];
  const subjects = new Set(facts.map(({ subject }) => subject));
  if (subjects.size > 1) faults.push(`has facts of ${subjects.size} aggregates`);
  else if (facts.some(({ sequence }, i) => sequence !== first.sequence + i))
    faults.push(`was applied at several times: ${facts.map(({ id }) => id).join(', ')}`);
  const kinds = facts.map(
    ({ type, data }) => `${type} ${type.includes('dispatched') ? String(data['shipment_id']) : ''}`,
  );
  if (new Set(kinds).size < kinds.length) faults.push(`was applied twice: ${kinds.join(', ')}`);
  return faults;
}

function answerFaults({ asks, copies }: SentCommand, { facts, replies, letters }: Effect): string[] {
  const faults: string[] = [];
  const answers = [...replies.values()].filter(
    ({ outcome, reason }) => outcome !== 'ignored' || reason !== 'duplicate',
  );
  const accepted = answers.filter(({ outcome }) => outcome === 'accepted');
  const refused = [...letters.values()].filter(({ kind }) => kind === 'refused').length;
  const failed = [...letters.values()].filter(({ kind }) => kind === 'failed').length;
  if (letters.size > copies) faults.push(`has ${letters.size} dead letters for ${copies} records`);
  if (!asks) {
    if (replies.size > 0) faults.push('was answered without asking');
    if (copies === 1 && refused > 0 && facts.length > 0) faults.push('was refused and applied');
    return faults;
  }
  if (refused > 0) faults.push('was refused by a dead letter although it asked for a reply');
  if (answers.length + failed === 0) faults.push(`has no outcome but ${JSON.stringify([...replies.keys()])}`);
  if (answers.length > copies || accepted.length > 1)
    faults.push(`has ${answers.length} outcomes for ${copies} records: ${[...replies.keys()].join(' ')}`);
  if (facts.length > 0 && accepted.length === 0 && failed === 0)
    faults.push('was applied but never said to be accepted');
  for (const reply of accepted)
    if (!isTrue(reply, facts)) faults.push(`was told ${JSON.stringify(reply)}, which is not so`);
  return faults;
}

function isTrue({ aggregate_id, sequence, events = [] }: Reply, facts: readonly Fact[]): boolean {
  const last = facts.at(-1);
  const said = events.map((event) => `${event.sequence} ${event.type}`);
  const happened = facts.map((fact) => `${fact.sequence} ${fact.type}`);
  return last?.subject === aggregate_id && last?.sequence === sequence && isDeepStrictEqual(said, happened);
}

function mustFaults({ must }: SentCommand, { facts, replies, letters }: Effect): string[] {
  const isRefused =
    [...replies.values()].some(({ outcome }) => outcome === 'refused') ||
    [...letters.values()].some(({ kind }) => kind !== 'failed');
  const failures = [...letters.values()].filter(({ kind }) => kind === 'failed');
  if (must === 'fail') return failures.length > 0 ? [] : ['had to fail and did not'];
  if (failures.length > 0) return [`failed: ${failures.map(({ id }) => id).join(', ')}`];
  if (must === 'change' && facts.length === 0) return ['had to change its order and left no fact'];
  if (must === 'be refused' && (!isRefused || facts.length > 0)) return ['had to be refused and was not'];
  return [];
}

function stateFaults(
  facts: ReadonlyMap<string, readonly Fact[]>,
  { stored, served }: Evidence,
  member: string,
): string[] {
  const faults: string[] = [];
  for (const id of stored.keys()) if (!facts.has(id)) faults.push(`${id} is stored and has no facts`);
  for (const [id, own] of facts) {
    if (stored.get(id) !== own.length)
      faults.push(`${id} is stored at ${stored.get(id)} and has ${own.length} facts`);
    if (!isDeepStrictEqual(served.get(id), own.at(-1)?.data[member]))
      faults.push(`${id} is served otherwise than its last fact says`);
  }
  return faults;
}

const emptyEffect = (): Effect => ({ facts: [], replies: new Map(), letters: new Map() });

const inOrder = (records: readonly KeptRecord[]): KeptRecord[] =>
  records.toSorted((a, b) => a.partition - b.partition || a.offset - b.offset);

const isEqual = (a: Buffer | null, b: Buffer | null): boolean => a !== null && b !== null && a.equals(b);

const placeOf = ({ partition, offset }: KeptRecord): string => `${partition}/${offset}`;
