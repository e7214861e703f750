import { type HandedOn, lateStream, readDeadLetter, readFact, rekeyedStream } from '@waybill/messaging';
import { refused } from '@waybill/decider';
import { NewerVersionError } from './aggregate-store';
import type { CommandMessage } from './aggregate-type';
import { listOf, Story, stream } from './engine-story.spec-data';
import type { KeepResult } from './kept-store';
import { MemoryKeptStore } from './memory-kept-store';
import { MemoryAggregateStore } from './memory-stores';
import { partitionOfKey } from './partition-of-key';
import type { Rule } from './rules';
import { MemoryLog } from './simulated/memory-log';
import { SampleRouter, type SampleState, sampleType, targetOf } from './simulated/sample-aggregate';
import { topics } from './simulated/world';

const without = (rule: Rule) => ({ without: new Set([rule]) });

describe('copies of a done message', () => {
  const copyOfFirst = (story: Story) => {
    const origin = { detour: 'rekeyed' as const, stream: rekeyedStream(stream), offset: 0, item: 0, n: 0 };
    const handedOn = { origin, target: targetOf('a0'), time: '2026-01-10T08:00:00.000Z' };
    return story.send('create', { target: 'a0' }, { id: 'c1', handedOn });
  };
  it.each([
    { what: 'publish nothing', options: {}, facts: ['a0/1'] },
    { what: 'publish again without the rule', options: without('quiet-copies'), facts: ['a0/1', 'a0/1'] },
  ])('$what', async ({ options, facts }) => {
    const story = new Story(options);
    story.send('create', { target: 'a0' }, { key: 'wrong' });
    await story.run();
    copyOfFirst(story);
    await story.run();
    expect(story.facts()).toEqual(facts);
    expect(story.replies().at(-1)).toMatchObject({
      outcome: 'ignored',
      reason: 'duplicate',
      aggregate_id: 'a0',
      sequence: 1,
    });
  });
  it.each([
    { what: 'is answered', options: {}, duplicates: 1 },
    { what: 'would not be, without the rule', options: without('copies-answered'), duplicates: 0 },
  ])('$what when its batch was written and comes again', async ({ options, duplicates }) => {
    const story = new Story(options);
    story.send('create', { target: 'a0' }, { key: 'wrong' });
    await story.run();
    copyOfFirst(story);
    story.send('set', { target: 'a0', value: 2 });
    const reply = story.log.reply.bind(story.log);
    story.log.reply = () => Promise.reject(new Error('the broker is away'));
    await expect(story.run()).rejects.toThrow('the broker is away');
    story.log.reply = reply;
    await story.run();
    expect(story.replies().filter(({ reason }) => reason === 'duplicate')).toHaveLength(duplicates);
  });
});

describe('a unique value that its holder gives up in the same batch', () => {
  const swap = async (options: object) => {
    const story = new Story(options);
    story.send('create', { target: 'a0', name: 'E' });
    story.send('create', { target: 'a1', name: null });
    await story.run();
    story.send('rename', { target: 'a1', name: 'E' });
    story.send('rename', { target: 'a0', name: null });
    await story.run();
    return story
      .replies()
      .slice(2)
      .map(({ outcome }) => outcome);
  };
  it('is free, whatever order the database takes', async () => {
    expect(await swap({})).toEqual(['accepted', 'accepted']);
  });
  it('would be refused if its holder were not looked at again', async () => {
    expect(await swap(without('holder-read'))).toContain('refused');
  });
});

describe('the most that a caller may send', () => {
  const headers = Object.fromEntries(Array.from({ length: 62 }, (_, i) => [`x-${i}`, 'x'.repeat(500)]));
  it.each([
    { what: '64 headers', more: { headers } },
    { what: 'an id of 256 characters', more: { id: 'i'.repeat(256) } },
  ])('is still taken after it was handed on: $what', async ({ more }) => {
    const story = new Story();
    story.send('create', { target: 'a0' }, { key: 'wrong', ...more });
    const items = [{ type: 'samples.append.v1', target: 'a0' }];
    story.send('many', { items }, { key: 'bulk', ...more });
    await story.run();
    expect(story.log.all(topics.deadLetters)).toEqual([]);
    expect(story.facts()).toEqual(['a0/1', 'a0/2', 'a0/3']);
    for (const record of story.log.all(topics.events)) expect(readFact(record).ok).toBe(true);
  });
});

it('names the partition of each fact, whatever the client knows of the topic', async () => {
  const log = new MemoryLog(12);
  const publish = jest.spyOn(log, 'publish');
  const story = new Story({ publisher: log, partitions: 12 });
  const partition = partitionOfKey('a0', 12);
  const home = { ...story.send('create', { target: 'a0' }), partition };
  await story.engine.handle([home], { ...story.context(), partition });
  const facts = publish.mock.calls.flatMap(([messages]) => messages.filter(({ key }) => key === 'facts'));
  expect(facts).toMatchObject([{ topic: topics.events, partition: partitionOfKey('facts', 12) }]);
});

describe('a batch that must be written in many steps', () => {
  it('is done in one go, however many they are', async () => {
    const story = new Story();
    story.send('create', { target: 'a0', name: null });
    for (let i = 0; i < 150; i++) story.send('rename', { target: 'a0', name: i % 2 === 0 ? 'E' : 'F' });
    await story.run();
    expect(story.facts()).toHaveLength(151);
    expect(new Set(story.replies().map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
  });
  it('ends where somebody else is always faster', async () => {
    const story = new Story();
    story.store.write = (writes) => Promise.resolve(writes.map(() => 'lost'));
    story.send('create', { target: 'a0' });
    await expect(story.run()).rejects.toThrow('overtaken');
  });
});

describe('redelivery', () => {
  it('publishes and answers again from what the document holds, byte for byte', async () => {
    const story = new Story();
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0' });
    await story.run();
    const [first, again] = [story.log.all(topics.events), story.replies()];
    story.restartAt(0);
    await story.run();
    const repeated = story.log.all(topics.events).slice(first.length);
    expect(repeated.map(({ value }) => String(value))).toEqual(first.map(({ value }) => String(value)));
    expect(story.replies()).toEqual([...again, ...again]);
  });
  it('decides a plain refusal again with the same result', async () => {
    const story = new Story({ largestBatch: 0 });
    story.send('append', { target: 'a0' });
    await story.run();
    story.restartAt(0);
    await story.run();
    expect(story.replies().map(({ key }) => key)).toEqual(['not_found', 'not_found']);
    expect(story.store.documents.size).toBe(0);
  });
  it('says the old facts first where the same batch also changes the document', async () => {
    const story = new Story();
    story.send('create', { target: 'a0' });
    await story.run();
    story.restartAt(0);
    story.send('set', { target: 'a0', value: 2 });
    await story.run();
    expect(story.facts()).toEqual(['a0/1', 'a0/1', 'a0/2']);
    expect(story.store.documents.get('a0')?.out.outcomes.length).toBe(2);
  });
});

describe('what cannot be handled', () => {
  it('is a dead letter with its stack, and the rest of the batch goes on', async () => {
    const story = new Story();
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0', poison: true });
    story.send('append', { target: 'a0' });
    await story.run();
    const [letter] = story.log.all(topics.deadLetters);
    expect(String(letter?.headers['waybill-dl-kind'])).toBe('failed');
    expect(String(letter?.headers['waybill-dl-stack'])).toContain('a bug');
    expect(listOf(story)).toEqual(['c3']);
  });
  it('stays failed when the record comes again, although the bug is gone', async () => {
    const story = new Story();
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0', poison: true });
    await story.run();
    story.bug.present = false;
    story.restartAt(0);
    await story.run();
    expect(story.log.all(topics.deadLetters).length).toBe(2);
    expect(story.store.documents.get('a0')?.seq).toBe(1);
  });
  it('fails only the commands of a document that cannot be mapped, and keeps its state', async () => {
    const broken = { name: 'kept as it is' };
    const story = new Story({
      type: {
        ...sampleType({ present: false }),
        fromDocument: (document) => {
          if (document['name'] === broken.name) throw new Error('cannot be mapped');
          return document as unknown as SampleState;
        },
      },
    });
    story.send('create', { target: 'a0' });
    story.send('create', { target: 'a1' });
    await story.run();
    const a0 = story.store.documents.get('a0');
    if (!a0) throw new Error('a0 was not written');
    story.store.documents.set('a0', { ...a0, state: broken });
    story.send('append', { target: 'a0' });
    story.send('append', { target: 'a1' });
    await story.run();
    expect(
      story.log.all(topics.deadLetters).map(({ headers }) => String(headers['waybill-dl-kind'])),
    ).toEqual(['failed']);
    expect(story.store.documents.get('a0')?.state).toEqual(broken);
    expect(story.store.documents.get('a1')?.seq).toBe(3);
  });
  it.each([
    {
      what: 'a router that throws',
      options: () => {
        class FaultyRouter extends SampleRouter {
          override route(message: CommandMessage) {
            if (message.data.poison) throw new Error('a bug');
            return super.route(message);
          }
        }
        return { router: new FaultyRouter(new MemoryAggregateStore()) };
      },
    },
    {
      what: 'a validator that throws',
      options: () => ({
        validate: (_type: string, data: unknown) => {
          if ((data as { poison?: boolean }).poison) throw new Error('a bug');
          return [];
        },
      }),
    },
  ])('is a dead letter, and the rest of the batch goes on: $what', async ({ options }) => {
    const story = new Story(options());
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0', poison: true });
    story.send('set', { target: 'a0', value: 2 });
    await story.run();
    const letters = story.log.all(topics.deadLetters).map(readDeadLetter);
    expect(letters).toMatchObject([{ kind: 'failed', message: 'a bug', id: 'samples.commands/0/1' }]);
    expect(story.facts()).toEqual(['a0/1', 'a0/2']);
  });
  it('waits, all of it, behind a document of a newer version', async () => {
    const story = new Story();
    story.store.load = () => Promise.reject(new NewerVersionError('a0', 2, 1));
    story.send('create', { target: 'a0' });
    await expect(story.run()).rejects.toThrow(NewerVersionError);
    expect(story.log.all(topics.deadLetters)).toEqual([]);
  });
  it('is refused when it would be too large, and the aggregate stays as it was', async () => {
    const story = new Story();
    story.send('create', { target: 'a0', name: 'x'.repeat(500 * 1024) });
    await story.run();
    expect(story.replies()).toMatchObject([{ outcome: 'refused', key: 'snapshot_too_large' }]);
    expect(story.store.documents.get('a0')?.state).toBeNull();
  });
  it('is refused when its fact would be too large for a topic', async () => {
    const type = sampleType({ present: false });
    const fact: typeof type.fact = (event, after) => ({
      ...type.fact(event, after),
      data: { sample: after, changes: 'x'.repeat(1024 * 1024) },
    });
    const story = new Story({ type: { ...type, fact } });
    story.send('create', { target: 'a0' });
    await story.run();
    expect(story.replies()).toMatchObject([{ outcome: 'refused', key: 'snapshot_too_large' }]);
  });
  it('does not end in one document: what passes 2 MiB is written and published first', async () => {
    const story = new Story();
    story.send('create', { target: 'a0', name: 'x'.repeat(300 * 1024) });
    for (let value = 1; value <= 12; value++) story.send('set', { target: 'a0', value });
    let most = 0;
    const write = story.store.writeOne.bind(story.store);
    story.store.writeOne = (one) => {
      most = Math.max(
        most,
        one.document.out.facts.reduce((sum, fact) => sum + fact.length, 0),
      );
      return write(one);
    };
    await story.run();
    expect(story.facts()).toEqual(Array.from({ length: 13 }, (_, i) => `a0/${i + 1}`));
    expect(most).toBeGreaterThan(1024 * 1024);
    expect(most).toBeLessThanOrEqual(2 * 1024 * 1024);
  });
});

describe('a process that dies again and again at one offset', () => {
  // working on an append leaves the process no time to write anything
  const deadly = () => {
    let dead = Promise.withResolvers<boolean>();
    let isDying = false;
    const type = sampleType({ present: false });
    const story = new Story({
      type: {
        ...type,
        toCommand: (message) => {
          if (message.type.includes('append')) {
            isDying = true;
            dead.resolve(false);
          }
          return type.toCommand(message);
        },
      },
    });
    const write = story.store.write.bind(story.store);
    // what a dead process has asked for never comes back
    story.store.write = (writes) => (isDying ? new Promise(() => undefined) : write(writes));
    const live = (): Promise<boolean> => {
      isDying = false;
      dead = Promise.withResolvers<boolean>();
      story.restartAt(0);
      return Promise.race([story.run().then(() => true), dead.promise]);
    };
    return { story, live };
  };
  it('takes one record at a time, finds the one that kills, and goes on behind it', async () => {
    const { story, live } = deadly();
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0' });
    story.send('set', { target: 'a0', value: 2 });
    const lives: boolean[] = [];
    while (!lives.includes(true) && lives.length < 20) lives.push(await live());
    // twice as a batch, then alone: tried three times, treated as failed the fourth
    expect(lives).toEqual([false, false, false, false, false, true]);
    expect(story.log.all(topics.deadLetters).map(({ headers }) => String(headers['waybill-dl-id']))).toEqual([
      'samples.commands/0/1',
    ]);
    expect(story.store.documents.get('a0')?.state).toMatchObject({ list: [], register: 2 });
    expect(new Set(story.facts())).toEqual(new Set(['a0/1', 'a0/2']));
  });
  it('is not one that lives through a time in which nothing can be done', async () => {
    const story = new Story();
    story.send('create', { target: 'a0' });
    const { load } = story.store;
    story.store.load = () => Promise.reject(new NewerVersionError('a0', 2, 1));
    for (let life = 0; life < 6; life++) {
      story.restartAt(0);
      for (let retry = 0; retry < 6; retry++) await expect(story.run()).rejects.toThrow(NewerVersionError);
    }
    story.store.load = load;
    story.restartAt(0);
    await story.run();
    expect(story.log.all(topics.deadLetters)).toEqual([]);
    expect(story.facts()).toEqual(['a0/1']);
  });
});

describe('a reference', () => {
  it('is looked up by what it says, also when its producer uses an id again', async () => {
    const story = new Story();
    story.send('create', { target: 'a0', name: 'E' });
    story.send('create', { target: 'a1', name: 'F' });
    await story.run();
    story.send('append-if', { ref: 'E', value: 1 }, { id: 'again' });
    story.send('append', { ref: 'F' }, { id: 'again' });
    await story.run();
    expect(
      story
        .replies()
        .slice(2)
        .map(({ outcome, aggregate_id }) => [outcome, aggregate_id]),
    ).toEqual([
      ['refused', 'a0'],
      ['accepted', 'a1'],
    ]);
  });

  it('waits in the retry topics, is handed on when it turns up, and has one effect', async () => {
    const story = new Story();
    story.send('append', { ref: 'E' });
    await story.run();
    expect(story.log.all(topics.retry[0] ?? '').length).toBe(1);
    story.send('create', { target: 'a0', name: 'E' });
    await story.run();
    await story.runRetries(topics.retry[0] ?? '');
    await story.runRetries(topics.retry[0] ?? '');
    await story.run();
    expect(listOf(story)).toEqual(['c1']);
    expect(story.replies().map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ]);
  });
  it('is refused after the last delay, with what the router says', async () => {
    const story = new Story();
    story.send('append', { ref: 'E' });
    await story.run();
    for (const topic of topics.retry) await story.runRetries(topic);
    expect(story.replies()).toEqual([{ ...refusedReply }]);
  });
  const { readsOthers: _, ...refusedReply } = refused('not_found', 'no such name');
});

describe('an id that was not known, and is when its command comes again', () => {
  /** The name stands for an id: it is refused at once, or waits, and can never mean another one. */
  class IdRouter extends SampleRouter {
    override route(message: CommandMessage) {
      const route = super.route(message);
      return route.to === 'reference' ? { ...route, fixed: true, wait: Boolean(message.data.waits) } : route;
    }
  }
  const storyById = () => {
    const store = new MemoryAggregateStore();
    return new Story({ store, router: new IdRouter(store) });
  };
  const outcomes = (story: Story) => story.replies().map(({ outcome }) => outcome);

  it('stays refused, as its sender was told', async () => {
    const story = storyById();
    story.send('append', { ref: 'E' });
    await story.run();
    story.send('create', { target: 'a0', name: 'E' });
    await story.run();
    story.restartAt(0);
    await story.run();
    expect(outcomes(story)).toEqual(['refused', 'accepted', 'refused', 'accepted']);
    expect(story.facts()).toEqual(['a0/1', 'a0/1']);
  });

  it('is not refused by an owner of the past', async () => {
    const story = storyById();
    story.send('append', { ref: 'E' });
    const lost = { ...story.context(), heartbeat: () => Promise.reject(new Error('the partition was lost')) };
    const records = story.log.log(topics.commands, 0);
    await expect(story.engine.handle(records, lost)).rejects.toThrow('the partition was lost');
    expect(story.replies()).toEqual([]);
  });

  it('is found for whoever sends it anew', async () => {
    const story = storyById();
    story.send('append', { ref: 'E' });
    story.send('create', { target: 'a0', name: 'E' });
    await story.run();
    story.send('append', { ref: 'E' }, { id: 'c1' });
    await story.run();
    expect(outcomes(story)).toEqual(['refused', 'accepted', 'accepted']);
  });

  it('waits on where it waited, so that it has one outcome', async () => {
    const story = storyById();
    story.send('append-if', { ref: 'E', value: 1, waits: true });
    await story.run();
    story.send('create', { target: 'a0', name: 'E' });
    await story.run();
    story.restartAt(0);
    await story.run();
    expect(outcomes(story)).toEqual(['accepted', 'accepted']);
    expect(story.log.all(topics.retry[0] ?? '').length).toBe(2);
  });
});

describe('a command that reaches the wrong taker of its place', () => {
  const misdirectedTo = async ({
    result,
    isKept,
    isCrashing,
  }: {
    result?: KeepResult;
    isKept?: true;
    isCrashing?: true;
  }) => {
    const kept = new MemoryKeptStore();
    if (result) kept.keep = () => Promise.resolve(result);
    const waiting = { identity: 'N/c', place: 'N', kind: 'k', order: 'c' };
    const type = {
      ...sampleType({ present: false }),
      misdirected: (_state: SampleState, { type: name }: { type: string }) =>
        name === 'scan' ? waiting : undefined,
    };
    const story = new Story({ kept, type });
    story.send('create', { target: 'a0' });
    const origin = { detour: 'late' as const, stream: lateStream(stream), offset: 90, item: 0, n: 0 };
    const handedOn: HandedOn = {
      origin,
      target: targetOf('a0'),
      time: '2026-01-10T08:00:00.000Z',
      ...(isKept ? { kept: isKept } : {}),
    };
    const noReply = { kafka_replyTopic: '', kafka_correlationId: '' };
    story.send('scan', { number: 'N' }, { id: 'c', key: 'a0', handedOn, headers: isKept ? noReply : {} });
    if (isCrashing) story.send('set', { target: 'a0', value: 2 });
    await story.run();
    if (isCrashing) {
      story.restartAt(0);
      await story.run();
    }
    return {
      kept: [...kept.kept.keys()],
      replies: story.replies().slice(1),
      letters: story.log.all(topics.deadLetters).map((record) => readDeadLetter(record).key),
    };
  };
  it('is kept, and its sender is told so', async () => {
    expect(await misdirectedTo({})).toMatchObject({
      kept: ['N/c'],
      replies: [{ outcome: 'accepted', kept: true }],
    });
  });
  it('is told so again after a crash, also where others of its batch were written', async () => {
    const { replies } = await misdirectedTo({ isCrashing: true });
    expect(replies.filter(({ kept }) => kept)).toHaveLength(2);
  });
  it('is told to be kept once only', async () => {
    expect(await misdirectedTo({ isKept: true })).toEqual({ kept: ['N/c'], replies: [], letters: [] });
  });
  it('is refused, not lost, where too many are kept already', async () => {
    expect(await misdirectedTo({ result: 'full' })).toMatchObject({
      replies: [{ outcome: 'refused', key: 'full' }],
    });
    expect(await misdirectedTo({ result: 'full', isKept: true })).toEqual({
      kept: [],
      replies: [],
      letters: ['full'],
    });
  });
});

describe('the saved position', () => {
  it('is never more than 20 s of records behind what was handled', async () => {
    const story = new Story();
    const finished = async () => (await story.positions.load(stream)).finished?.offset;
    story.send('create', { target: 'a0' });
    await story.run();
    expect(await finished()).toBe(1);
    story.log.nowMs += 19_000;
    story.send('append', { target: 'a0' });
    await story.run();
    expect(await finished()).toBe(1);
    story.log.nowMs += 2_000;
    story.send('append', { target: 'a0' });
    await story.run();
    expect(await finished()).toBe(3);
    story.log.nowMs += 3_600_000;
    story.restartAt(3);
    story.send('append', { target: 'a0' });
    await story.run();
    expect(await finished()).toBe(4);
  });
});

describe('an operator', () => {
  const redrive = (story: Story, n: number) => {
    const origin = { detour: 'late' as const, stream: lateStream(stream), offset: 1, item: 0, n };
    story.send(
      'append',
      { target: 'a0' },
      { id: 'c2', handedOn: { origin, time: '2026-01-10T08:00:00.000Z' } },
    );
  };
  it('sends a failed message back, twice, with one effect', async () => {
    const story = new Story();
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0', poison: true });
    await story.run();
    redrive(story, 1);
    redrive(story, 1);
    await story.run();
    expect(listOf(story)).toEqual(['c2']);
  });
  it('rewinds after a restore: what lies below is applied, but not handed on again', async () => {
    const story = new Story();
    await story.positions.rewind(stream, 2);
    story.send('create', { target: 'a0' });
    story.send('create', { target: 'a1' }, { key: 'wrong' });
    story.send('create', { target: 'a2' }, { key: 'wrong' });
    await story.run();
    expect([...story.store.documents.keys()].toSorted()).toEqual(['a0', 'a2']);
  });
});

describe('copies of other aggregates', () => {
  it('are asked once for a batch, about what is folded here, and each answer comes with its command', async () => {
    const type = sampleType({ present: false });
    const asked: string[][] = [];
    const told: unknown[] = [];
    const story = new Story({
      type: {
        ...type,
        toCommand: (message, copy) => {
          told.push([message.id, copy]);
          return type.toCommand(message);
        },
      },
      copies: {
        read: async (all) => {
          asked.push(all.map(({ message, target }) => `${message.id} ${target.aggregateId}`));
          return all.map(({ message }) => `copy for ${message.id}`);
        },
      },
    });
    story.send('create', { target: 'a0' });
    story.send('create', { target: 'a1' }, { key: 'wrong' });
    story.send('set', { target: 'a0', value: 2 });
    await story.run();
    expect(asked).toEqual([['c1 a0', 'c3 a0'], ['c2 a1']]);
    expect(told).toEqual(['c1', 'c3', 'c2'].map((id) => [id, `copy for ${id}`]));
  });
});
