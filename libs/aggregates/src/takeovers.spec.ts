import type { GuardedWrite } from './aggregate-store';
import { listOf, Story } from './engine-story.spec-data';
import { MemoryKeptStore } from './memory-kept-store';
import type { Rule } from './rules';
import { debatedIssues } from './simulated/sample-aggregate';
import { topics } from './simulated/world';

const without = (...rules: Rule[]) => ({ without: new Set(rules) });

/** The write of an owner that dies over an `append`, on its way to the database. */
async function heldWrite(story: Story): Promise<readonly GuardedWrite[]> {
  const { write } = story.store;
  let held: readonly GuardedWrite[] = [];
  story.send('create', { target: 'a0' });
  await story.run();
  story.store.write = (writes) => {
    held = writes;
    return Promise.reject(new Error('the process ended'));
  };
  story.send('append', { target: 'a0', debated: true });
  await expect(story.run()).rejects.toThrow('the process ended');
  story.store.write = write;
  return held;
}

// two releases decide differently: the old owner of the partition accepts what the new one ignores
describe('a write of an owner of the past that arrives after its successor has passed the record', () => {
  const takeover = async (options: object) => {
    const story = new Story(options);
    const late = await heldWrite(story);
    story.restartAt(1);
    story.bug.isStrict = true;
    await story.run();
    const [result] = await story.store.write(late);
    story.restartAt(2);
    story.send('set', { target: 'a0', value: 2 });
    await story.run();
    return { result, facts: story.facts(), replies: story.replies().map(({ outcome }) => outcome) };
  };
  it('loses, so that no fact is behind one that nobody publishes', async () => {
    expect(await takeover({})).toEqual({
      result: 'lost',
      facts: ['a0/1', 'a0/2'],
      replies: ['accepted', 'ignored', 'accepted'],
    });
  });
  it.each([
    { what: 'what is ignored were not written', options: without('contested-written') },
    { what: 'the owner of the past were further ahead than a batch', options: { largestBatch: 0 } },
  ])('would win, and its facts would be missing, if $what', async ({ options }) => {
    expect(await takeover(options)).toMatchObject({ result: 'written', facts: ['a0/1', 'a0/4'] });
  });
});

it('what is ignored is written for as many records as an owner of the past may be ahead, and no longer', async () => {
  const story = new Story({ largestBatch: 2 });
  story.send('create', { target: 'a0' });
  await story.run();
  const rev = () => story.store.documents.get('a0')?.rev;
  const revs: unknown[] = [];
  for (let i = 0; i < 3; i++) {
    story.send('create', { target: 'a0' });
    await story.run();
    revs.push(rev());
  }
  expect(revs).toEqual([2, 2, 2]);
  story.restartAt(4);
  story.send('create', { target: 'a0' });
  await story.run();
  expect(rev()).toBe(3);
});

// the new owner does not even take it for a command, so nothing of its aggregate is written
describe('a write of an owner of the past that wins', () => {
  const facts = async (...rules: Rule[]) => {
    const story: Story = new Story({
      ...without(...rules),
      validate: (_type, data) => (story.bug.isNarrow ? debatedIssues(data) : []),
    });
    const late = await heldWrite(story);
    story.restartAt(1);
    story.bug.isNarrow = true;
    await story.run();
    await story.store.write(late);
    story.send('set', { target: 'a0', value: 2 });
    await story.run();
    return story.facts();
  };
  it('is published by its successor, in front of its own facts', async () => {
    expect(await facts()).toEqual(['a0/1', 'a0/2', 'a0/3', 'a0/4']);
  });
  it('would be passed over without the rule foreign-out', async () => {
    expect(await facts('foreign-out')).toEqual(['a0/1', 'a0/4']);
  });
});

// it was kept, what came behind it was handed on, and then the process died; now its place is taken
describe('a scan that is kept first and handed on when its record comes again', () => {
  const outcomes = async (options: object, isRetried = false) => {
    const story = new Story({ kept: new MemoryKeptStore(), ...options });
    story.send('create', { target: 'a0' });
    await story.run();
    story.send('scan', { number: 'N' }, { id: 'scan' });
    story.send('set', { target: 'a0', value: 2 }, { key: 'wrong' });
    story.send('attach', { target: 'a0', number: 'N' });
    const reply = story.log.reply.bind(story.log);
    story.log.reply = () => Promise.reject(new Error('the process ended'));
    await expect(story.run()).rejects.toThrow('the process ended');
    story.log.reply = reply;

    if (!isRetried) story.restartAt(1);
    await story.run();
    const records = story.log.all(topics.replies);
    return records
      .filter(({ headers }) => String(headers['kafka_correlationId']) === 'scan')
      .map(({ value }) => (JSON.parse(String(value)) as { outcome: string }).outcome);
  };
  it('is told what became of it, although what came behind it is done', async () => {
    expect(await outcomes({})).toEqual(['accepted']);
  });
  it('is told so too where the same process tries again, however long it has had the partition', async () => {
    expect(await outcomes({ largestBatch: 0 }, true)).toEqual(['accepted']);
  });
  it('would be told to be a duplicate of nothing, if it were filed by its position', async () => {
    expect(await outcomes(without('keepable-late'))).toEqual(['ignored']);
  });
});

// its place was taken and it was sent on from there, before its record comes again
describe('a scan that is kept and applied, although nobody could say that it is kept', () => {
  const told = async (...rules: Rule[]) => {
    const story = new Story({ kept: new MemoryKeptStore(), ...without(...rules) });
    story.send('create', { target: 'a0' });
    await story.run();
    story.send('scan', { number: 'N' }, { id: 'scan' });
    const reply = story.log.reply.bind(story.log);
    story.log.reply = () => Promise.reject(new Error('the process ended'));
    await expect(story.run()).rejects.toThrow('the process ended');
    story.log.reply = reply;
    // in another partition, which gets on meanwhile
    story.restartAt(2);
    story.send('attach', { target: 'a0', number: 'N' });
    await story.run();
    expect(listOf(story)).toEqual(['scan']);
    story.restartAt(1);
    await story.run();
    const records = story.log.all(topics.replies);
    return records
      .filter(({ headers }) => String(headers['kafka_correlationId']) === 'scan')
      .map(({ value }) => JSON.parse(String(value)) as object);
  };
  it('is said to be kept when it comes again', async () => {
    expect(await told()).toMatchObject([{ outcome: 'accepted', kept: true }]);
  });
  it('would be told to be a duplicate and nothing else without the rule kept-told', async () => {
    expect(await told('kept-told')).toMatchObject([{ outcome: 'ignored', reason: 'duplicate' }]);
  });
});
