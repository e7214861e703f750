import {
  type AggregateType,
  CommandEngine,
  commandValidator,
  MemoryAggregateStore,
  MemoryPositionStore,
  MemoryRouteStore,
} from '@waybill/aggregates';
import {
  allContracts,
  allUses,
  contractOf,
  readingOf,
  reportedIssues,
  serviceTopics,
  type Source,
  topicMessageBytes,
  validatorOf,
} from '@waybill/contracts';
import { refused } from '@waybill/decider';
import {
  decodeEnvelope,
  type Fact,
  type InputRecord,
  messageBytes,
  OriginSigner,
  type OutgoingMessage,
  readDeadLetter,
  readFact,
} from '@waybill/messaging';

/** A decoder did what no message may make it do. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

const services = ['orders', 'shipments', 'claims'];
const answerBytes = 64 * 1024;
/** What a reader does with the data of a fact: it looks for faults, and takes what it uses. */
const readers = allUses.flatMap((uses) =>
  Object.keys(uses.reads).map((source) => ({ source, ...readingOf(uses, source as Source) })),
);

/** Those that read such facts, and one that does not. */
const readersOf = ({ type }: Fact, choice: number) =>
  readers.filter(
    ({ source }, i) =>
      source === type || source === `${type.split('.', 1)[0]}.events` || i === choice % readers.length,
  );

/** Everything that reads messages of strangers, as the services have it. */
export class Decoders {
  private readonly said: OutgoingMessage[] = [];
  private readonly engines = services.map((service) => this.engineOf(service));
  private readonly prototypes = fingerprint();

  /** Throws a Breach, or whatever a decoder throws. Answers how far the record came. */
  async take(record: InputRecord, choice: number): Promise<'unreadable' | 'refused' | 'valid'> {
    const decoded = decodeEnvelope(record);
    if (!decoded.ok) this.isBounded(decoded.reasons);
    const fact = readFact(record);
    if (fact.ok)
      for (const { faultsOf, see } of readersOf(fact.fact, choice)) {
        const faults = faultsOf(fact.fact.data);
        this.isBounded(faults);
        if (faults.length === 0) see(fact.fact.data);
      }
    const data = decoded.ok ? decoded.envelope.data : undefined;
    const contract = decoded.ok ? contractOf(decoded.envelope.type) : undefined;
    // also by a contract that it was not made for
    for (const one of [contract, allContracts[choice % allContracts.length]])
      if (one && decoded.ok) this.isBounded(validatorOf(one)(data));
    await this.answer(record, choice);
    if (fingerprint() !== this.prototypes) throw new Breach('a prototype was changed');
    if (!decoded.ok) return 'unreadable';
    return contract && validatorOf(contract)(data).length === 0 ? 'valid' : 'refused';
  }

  private isBounded(issues: readonly unknown[]): void {
    if (issues.length > reportedIssues) throw new Breach(`${issues.length} issues are told`);
    const size = JSON.stringify(issues).length;
    if (size > answerBytes) throw new Breach(`the issues have ${size} characters`);
  }

  /** Whatever a service reads, it says one thing about it. */
  private async answer(record: InputRecord, choice: number): Promise<void> {
    const engine = this.engines[choice % this.engines.length];
    this.said.length = 0;
    await engine?.handle([record], {
      topic: record.topic,
      partition: record.partition,
      session: 'fuzzing',
      highWatermark: 0,
      heartbeat: () => Promise.resolve(),
      isStale: () => false,
    });
    const [message, ...more] = this.said;
    if (!message || more.length > 0) throw new Breach(`${this.said.length} things are said of one record`);
    const size = messageBytes(message);
    if (size > topicMessageBytes) throw new Breach(`what is said has ${size} bytes`);
    if (!message.topic.endsWith('.dead-letters')) return;
    const { key, value, headers = {} } = message;
    const letter = readDeadLetter({ ...record, key: bytes(key), value: bytes(value), headers });
    if (letter.kind === 'failed')
      throw new Breach(`a decoder failed: ${letter.message}\n${letter.stack ?? ''}`);
  }

  private engineOf(service: string): CommandEngine<never> {
    const send = (messages: readonly OutgoingMessage[]) => Promise.resolve(void this.said.push(...messages));
    const { commands, events, deadLetters } = serviceTopics(service);
    return new CommandEngine<never>({
      type: { service } as AggregateType<never>,
      validate: commandValidator(commands),
      topics: { commands, events, deadLetters, retry: [] },
      // what is valid is refused: this is about what comes before
      router: {
        route: () => ({ to: 'refused', refusal: refused('valid', 'nothing is wrong with it') }),
        resolve: (messages) => Promise.resolve(messages.map(() => null)),
        missing: () => refused('missing', 'it is not there'),
      },
      store: new MemoryAggregateStore(),
      routes: new MemoryRouteStore(),
      positions: new MemoryPositionStore(),
      publisher: { publish: send, reply: send },
      signer: new OriginSigner('a-key-that-no-message-is-signed-with-0123456789'),
      clusterId: 'cluster',
      epoch: 1,
      partitions: 1,
    });
  }
}

const bytes = (text: Buffer | string | null): Buffer | null => (text === null ? null : Buffer.from(text));

const guarded = [Object, Array, String, Number, Boolean, Function, Map, Set, Date, RegExp, Buffer, Promise];

/** The members of all prototypes that a message might reach. */
const fingerprint = (): string =>
  guarded.map(({ prototype }) => Reflect.ownKeys(prototype as object).length).join();
