import { serviceTopics } from '@waybill/contracts';
import { OriginSigner } from '@waybill/messaging';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Admin, Kafka } from 'kafkajs';
import { brokersOf, type ConnectionOptions, withConnection } from '../connection';
import { CommandFailure } from '../failure';
import { connectKafka, withAdmin } from '../kafka/connect';
import { scanTopic } from '../kafka/records';
import { paintFor } from '../screen/paint';
import { readSigningKey } from '../system/signing-key';
import { commandOf, DeadLetterList, type ListedDeadLetter } from './dead-letter-list';
import { deadLetterDetails, deadLetterTable } from './dead-letter-screen';
import { inLine, thoseBehind } from './parked-line';
import { discardMessage, redriveMessage } from './redrive';

interface Options extends ConnectionOptions {
  readonly service: string;
  readonly kind?: string;
  readonly key?: string;
  readonly limit: number;
  readonly page: number;
  readonly all?: boolean;
  readonly behind?: boolean;
  readonly json?: boolean;
}

export function deadLettersCommand(): Command {
  const command = new Command('dead-letters').description(
    'messages that were set aside, each with its reason',
  );
  command.addCommand(
    filtered(common('list', 'list them, the newest first; a repeat of one is shown once'))
      .option('--limit <n>', 'how many', positive, 20)
      .option('--page <n>', 'which page', positive, 1)
      .option('--json', 'one JSON object a line')
      .action(list),
  );
  command.addCommand(
    common('show', 'show one with everything that is known of it')
      .argument('<id>', '<topic>/<partition>/<offset>[/<item>], as the list shows it')
      .option('--json', 'as JSON')
      .action(show),
  );
  command.addCommand(
    filtered(
      common('redrive', 'put one back on its command topic, or all; done twice it has no second effect'),
    )
      .argument('[id]', 'id of one, as the list shows it')
      .option('--all', 'every one that the filters leave')
      .option('--behind', 'with those that are parked behind it, in their order')
      .addHelpText('after', needsKey)
      .action(redrive),
  );
  command.addCommand(
    common(
      'discard',
      'give up one that holds up a line: those that are parked behind it can come back without it',
    )
      .argument('<id>', 'id of one that has a place in a line, as the list shows it')
      .addHelpText('after', needsKey)
      .action(discard),
  );
  return command;
}

const needsKey =
  '\nNeeds the key that the services sign with: WAYBILL_SIGNING_KEY, WAYBILL_SIGNING_KEY_FILE, or the data folder.';

function common(name: string, description: string): Command {
  return withConnection(new Command(name).description(description)).addOption(
    new Option('--service <name>', 'whose').choices(['orders', 'shipments', 'claims']).default('orders'),
  );
}

function filtered(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'only these').choices(['malformed', 'refused', 'failed']))
    .option('--key <key>', 'only those with this error key, order_not_found for instance');
}

async function list(options: Options): Promise<void> {
  const all = await collect(options, async (found) => found.entries());
  const from = (options.page - 1) * options.limit;
  const page = all.slice(from, from + options.limit);
  if (options.json) {
    for (const entry of page) console.log(JSON.stringify(asJson(entry)));
    return;
  }
  if (page.length === 0) {
    console.log(all.length === 0 ? 'none' : `none on page ${options.page}; there are ${all.length}`);
    return;
  }
  for (const line of deadLetterTable(page, paintFor(process.stdout))) console.log(line);
  if (page.length < all.length) {
    console.log(
      `\n${from + 1}–${from + page.length} of ${all.length}; --page ${options.page + 1} shows more`,
    );
  }
}

async function show(id: string, options: Options): Promise<void> {
  const entry = await collect(options, async (found) => requireOne(found, id));
  if (options.json) console.log(JSON.stringify(asJson(entry), null, 2));
  else for (const line of deadLetterDetails(entry, paintFor(process.stdout))) console.log(line);
}

async function redrive(id: string | undefined, options: Options): Promise<void> {
  if ((id === undefined) === (options.all !== true))
    throw new CommandFailure('give the id of one, or --all', 2);
  if (options.behind && id === undefined) throw new CommandFailure('--behind wants the id of one', 2);
  await sendBack(options, redriveMessage, (found) => {
    const all = found.entries();
    if (id === undefined) return { chosen: inLine(all) };
    const one = requireOne(found, id);
    const behind = thoseBehind(one, all);
    if (options.behind) return { chosen: inLine([one, ...behind]) };
    const left =
      behind.length === 0 ? '' : `\n${behind.length} are parked behind it: --behind sends them, too.`;
    return { chosen: [one], note: `${againNote}${left}` };
  });
}

async function discard(id: string, options: Options): Promise<void> {
  await sendBack(options, discardMessage, (found) => ({
    chosen: [requireOne(found, id)],
    note: 'It is given up when its turn comes. If others are before it, it comes back until then.',
  }));
}

const againNote = 'What fails again comes back under the same id; the list keeps the others, too.';

async function sendBack(
  options: Options,
  make: typeof redriveMessage,
  choose: (found: DeadLetterList) => { readonly chosen: readonly ListedDeadLetter[]; readonly note?: string },
): Promise<void> {
  const signer = new OriginSigner(readSigningKey(options.dataDir));
  const { commands } = serviceTopics(options.service);
  await collect(options, async (found, kafka) => {
    const { chosen, note = againNote } = choose(found);
    const all = chosen.map(({ letter }) => ({ letter, made: make(letter, commands, signer) }));
    const messages = all.flatMap(({ made }) => (made.ok ? [made.message] : []));
    if (messages.length > 0) await send(kafka, messages);
    for (const { letter, made } of all)
      console.log(made.ok ? `${letter.id}  sent to ${commands}` : `${letter.id}  not sent: ${made.because}`);
    const left = all.length - messages.length;
    console.log(`${messages.length} sent, ${left} not sent. ${note}`);
    if (left > 0 && options.all !== true) throw new CommandFailure('it was not sent');
  });
}

async function send(kafka: Kafka, messages: Parameters<typeof toKafka>[0][]): Promise<void> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  try {
    for (let from = 0; from < messages.length; from += 100) {
      const [first] = messages;
      const part = messages.slice(from, from + 100).map(toKafka);
      if (first) await producer.send({ topic: first.topic, messages: part });
    }
  } finally {
    await producer.disconnect();
  }
}

const toKafka = (message: Extract<ReturnType<typeof redriveMessage>, { ok: true }>['message']) => ({
  key: message.key,
  value: message.value,
  ...(message.partition === undefined ? {} : { partition: message.partition }),
  headers: { ...message.headers },
});

async function collect<T>(
  options: Options,
  work: (found: DeadLetterList, kafka: Kafka, admin: Admin) => Promise<T>,
): Promise<T> {
  const brokers = brokersOf(options);
  const kafka = connectKafka(brokers);
  return withAdmin(kafka, brokers, async (admin) => {
    const found = new DeadLetterList(options);
    await scanTopic(kafka, admin, serviceTopics(options.service).deadLetters, (record) => found.add(record));
    return work(found, kafka, admin);
  });
}

function requireOne(found: DeadLetterList, id: string): ListedDeadLetter {
  const entry = found.find(id);
  if (!entry) throw new CommandFailure(`there is no dead letter ${id}`);
  return entry;
}

function asJson({ letter, at }: ListedDeadLetter): object {
  const { record, ...rest } = letter;
  const headers = Object.fromEntries(
    Object.entries(record.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    ...rest,
    at,
    command: commandOf(letter),
    record: {
      ...record,
      key: record.key?.toString() ?? null,
      value: record.value?.toString() ?? null,
      headers,
    },
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('wanted a whole number from 1 on');
  return value;
}
