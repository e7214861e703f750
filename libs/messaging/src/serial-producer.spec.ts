import type { Producer, ProducerBatch, RecordMetadata } from 'kafkajs';
import type { OutgoingMessage } from './record';
import { isRejection, SerialProducer, type SerialProducerOptions } from './serial-producer';

class SimulatedProducer {
  disconnected = false;

  constructor(private readonly broker: SimulatedBroker) {}

  connect(): Promise<void> {
    return this.broker.connect();
  }

  disconnect(): Promise<void> {
    this.disconnected = true;
    return Promise.resolve();
  }

  sendBatch({ topicMessages = [] }: ProducerBatch): Promise<RecordMetadata[]> {
    return this.broker.take(
      this,
      topicMessages.flatMap(({ topic, messages }) => messages.map((message) => ({ topic, ...message }))),
    );
  }
}

interface Written {
  readonly topic: string;
  readonly partition?: number;
  readonly value: Buffer | string | null;
}

/** Takes requests one at a time and refuses the second; fails as it is told. */
class SimulatedBroker {
  readonly producers: SimulatedProducer[] = [];
  readonly requests: string[][] = [];
  readonly usedBy: SimulatedProducer[] = [];
  failures: (Error | undefined)[] = [];
  refuses = '';
  private busy = false;

  create(): SimulatedProducer {
    const producer = new SimulatedProducer(this);
    this.producers.push(producer);
    return producer;
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  async take(producer: SimulatedProducer, messages: readonly Written[]): Promise<RecordMetadata[]> {
    if (this.busy) throw new Error('two requests at once');
    this.busy = true;
    await new Promise(setImmediate);
    this.busy = false;
    this.requests.push(messages.map(({ value }) => String(value)));
    this.usedBy.push(producer);
    const failure = this.failures.shift();
    if (failure) throw failure;
    if (this.refuses !== '' && messages.some(({ value }) => value === this.refuses)) throw rejection();
    return messages.map(({ topic, partition = 0 }) => ({
      topicName: topic,
      partition: partition % 2,
      errorCode: 0,
    }));
  }
}

const rejection = () => Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });
const message = (value: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  topic: 't',
  key: null,
  value,
  ...more,
});

function given(options: Partial<SerialProducerOptions> = {}) {
  const broker = new SimulatedBroker();
  const producer = new SerialProducer({ create: () => broker.create() as unknown as Producer, ...options });
  return { broker, producer };
}

it('sends what is asked for meanwhile in one request, one request at a time', async () => {
  const { broker, producer } = given();

  const first = producer.send([message('1')]);
  const second = producer.send([message('2')]);
  await new Promise(process.nextTick);
  const third = producer.send([message('3')]);
  const fourth = producer.send([message('4')]);
  await Promise.all([first, second, third, fourth]);

  expect(broker.requests).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect(broker.producers).toHaveLength(1);
});

it('cuts by number and by size, and sends a message that is larger alone', async () => {
  const { broker, producer } = given({ maxMessages: 3, maxBytes: 10 });

  await producer.send(
    ['1', '2', '3', '4', 'x'.repeat(20), '5', '12345', '123456'].map((value) => message(value)),
  );

  expect(broker.requests).toEqual([['1', '2', '3'], ['4'], ['x'.repeat(20)], ['5', '12345'], ['123456']]);
});

it('makes a new producer after a failure, because the old one would repeat sequence numbers', async () => {
  const { broker, producer } = given();
  broker.failures = [new Error('timed out')];

  await expect(producer.send([message('1')])).rejects.toThrow('timed out');
  await producer.send([message('2')]);

  const [first, second] = broker.producers;
  expect(broker.usedBy).toEqual([first, second]);
  expect(first?.disconnected).toBe(true);
});

it('fails all who share a request when it is not certain what was written', async () => {
  const { broker, producer } = given();
  broker.failures = [new Error('timed out')];

  const asked = await Promise.allSettled([producer.send([message('1')]), producer.send([message('2')])]);

  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

it('fails only the one whose message no broker takes, and writes nothing twice that was acknowledged', async () => {
  const { broker, producer } = given({ maxMessages: 2 });
  broker.refuses = 'bad';

  const asked = await Promise.allSettled([
    producer.send([message('1')]),
    producer.send([message('2'), message('3')]),
    producer.send([message('bad')]),
    producer.send([message('4')]),
  ]);

  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(broker.requests).toEqual([['1', '2'], ['3', 'bad'], ['3'], ['bad'], ['4']]);
});

it('does not take silence about a partition for success', async () => {
  const { producer } = given();

  await expect(producer.send([message('1', { partition: 2 })])).rejects.toThrow('t has no partition 2');
});

it('refuses at once when too much waits', async () => {
  const { producer } = given({ maxWaitingBytes: 10 });

  const first = producer.send([message('x'.repeat(50))]);
  await expect(producer.send([message('1')])).rejects.toThrow('wait to be published');
  await first;
});

it('sends what waits when it is closed, and takes nothing more', async () => {
  const { broker, producer } = given();

  const asked = producer.send([message('1')]);
  const closed = producer.close();
  await expect(producer.send([message('2')])).rejects.toThrow('closed');
  await Promise.all([asked, closed]);

  expect(broker.requests).toEqual([['1']]);
  expect(broker.producers[0]?.disconnected).toBe(true);
});

it('finds what a broker said under the errors of the client', () => {
  expect(isRejection(new Error('outer', { cause: rejection() }))).toBe(true);
  expect(isRejection(Object.assign(new Error('x'), { type: 'NOT_LEADER_FOR_PARTITION' }))).toBe(false);
  expect(isRejection('text')).toBe(false);
});
