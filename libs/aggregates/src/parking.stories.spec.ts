import { reactionStream } from '@waybill/messaging';
import { listOf } from './engine-story.spec-data';
import { ParkingStory } from './parking.spec-data';
import { type SampleState, sampleType, targetOf } from './simulated/sample-aggregate';
import { topics } from './simulated/world';

const parked = async (count = 3, options: ConstructorParameters<typeof ParkingStory>[0] = {}) => {
  const story = new ParkingStory(options);
  await story.park(count);
  return story;
};

describe('what comes after a command that failed', () => {
  it('is parked behind it, in its order, while other aggregates go on', async () => {
    const story = await parked();
    story.send('create', { target: 'a1' });
    await story.run();
    expect(story.places()).toEqual({ c2: 0, c3: 1, c4: 2, c5: 3 });
    expect(story.facts()).toEqual(['a0/1', 'a1/1']);
    expect(listOf(story)).toEqual([]);
  });

  it('names what it waits for, and is told from what failed', async () => {
    const story = await parked(1);
    const since = 'samples.commands/0/1';
    expect(story.letters().get('c3')).toMatchObject({
      kind: 'failed',
      key: 'internal_error',
      message: `it was not decided: it is parked behind ${since}, which failed`,
      parked: { aggregateId: 'a0', since, number: 1 },
    });
    expect(story.letters().get('c3')?.stack).toBeUndefined();
    expect(story.letters().get('c2')).toMatchObject({ id: since, message: 'a bug', parked: { number: 0 } });
  });

  it('is counted as parked', async () => {
    const report = jest.fn();
    await parked(2, { reports: { outcome: report } });
    expect(report.mock.calls.map(([{ type, outcome, key }]) => ({ type, outcome, key }))).toEqual([
      { type: 'samples.create.v1', outcome: 'accepted' },
      { type: 'samples.append.v1', outcome: 'failed' },
      { type: 'samples.append.v1', outcome: 'failed', key: 'parked' },
      { type: 'samples.append.v1', outcome: 'failed', key: 'parked' },
    ]);
  });

  it('is decided at once where nothing is parked', async () => {
    const story = await parked(2, { parksBehindFailed: false });
    expect(story.places()).toEqual({ c2: null });
    expect(listOf(story)).toEqual(['c3', 'c4']);
  });

  it('is parked also where the aggregate does not exist yet', async () => {
    const story = new ParkingStory();
    story.send('create', { target: 'a0', poison: true });
    story.send('append', { target: 'a0' });
    await story.run();
    expect(story.places()).toEqual({ c1: 0, c2: 1 });
    story.bug.present = false;
    await story.redrive('c1', 'c2');
    expect(listOf(story)).toEqual(['c2']);
  });

  it('is parked also when it was re-keyed, or is an item of a bulk', async () => {
    const story = await parked(0);
    story.send('append', { target: 'a0' }, { key: 'wrong' });
    const item = (target: string) => ({ type: 'samples.note.v1', target });
    story.send('many', { items: [item('a0'), item('a1'), item('a0')] }, { key: 'bulk' });
    await story.run();
    expect(story.places()).toEqual({ c2: 0, c3: 1, 'c4/0': 2, 'c4/2': 3 });
    expect(listOf(story, 'a1')).toEqual(['c4/1']);
    await story.redrive('c2', 'c3', 'c4/0', 'c4/2');
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4/0', 'c4/2']);
    expect(story.outcomesOf('c4')).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('is parked behind a document that cannot be mapped, whose state stays as it is', async () => {
    const broken = { isBroken: true };
    const type = sampleType({ present: false });
    const story = new ParkingStory({
      type: {
        ...type,
        fromDocument: (document) => {
          if (document['isBroken']) throw new Error('cannot be mapped');
          return document as unknown as SampleState;
        },
      },
    });
    story.send('create', { target: 'a0' });
    await story.run();
    const whole = story.store.documents.get('a0');
    if (!whole) throw new Error('a0 was not written');
    story.store.documents.set('a0', { ...whole, state: broken });
    story.send('append', { target: 'a0' });
    story.send('append', { target: 'a0' });
    await story.run();
    expect(story.places()).toEqual({ c2: 0, c3: 1 });
    expect(story.store.documents.get('a0')?.state).toEqual(broken);
  });

  it('is parked also when a reaction made it, and its copy is a duplicate', async () => {
    const story = await parked(0);
    const origin = {
      detour: 'reaction' as const,
      stream: reactionStream('samples.reactions', 'n0'),
      offset: 7,
      item: 0,
      n: 0,
    };
    const handedOn = { origin, target: targetOf('a0'), time: '2026-01-10T08:00:00.000Z' };
    for (let copy = 0; copy < 2; copy++) story.send('append', { target: 'a0' }, { id: 'r7', handedOn });
    await story.run();
    expect(story.letters().get('r7')?.id).toBe('samples.reactions/n0/7/a0');
    expect(story.places()).toEqual({ c2: 0, r7: 1 });
    await story.redrive('r7', 'c2', 'r7');
    expect(listOf(story)).toEqual(['c2', 'r7']);
  });

  it('is parked also behind what ends the process again and again', async () => {
    const story = new ParkingStory();
    story.positions.start = () => Promise.resolve(3);
    story.positions.trying = (_, offset) => Promise.resolve(offset === 1 ? 4 : 1);
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0' });
    story.send('append', { target: 'a0' });
    await story.run();
    expect(story.letters().get('c2')?.message).toMatch(/died again and again/);
    expect(story.places()).toEqual({ c2: 0, c3: 1 });
  });

  it('is a duplicate, not parked, where the aggregate has its id', async () => {
    const story = new ParkingStory();
    story.send('create', { target: 'a0' });
    story.send('append', { target: 'a0', poison: true });
    story.send('create', { target: 'a0' }, { id: 'c1' });
    await story.run();
    expect(story.places()).toEqual({ c2: 0 });
    expect(story.outcomesOf('c1')).toEqual(['accepted', 'duplicate']);
  });
});

describe('a redrive', () => {
  it('in order brings everything back in order, and what comes then is decided at once', async () => {
    const story = await parked();
    await story.redrive('c2', 'c3', 'c4', 'c5');
    story.send('append', { target: 'a0' });
    await story.run();
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4', 'c5', 'c6']);
    expect(story.outcomesOf('c4')).toEqual(['accepted']);
  });

  it('in a wrong order brings back what has its turn; the rest keeps its number', async () => {
    const story = await parked();
    await story.redrive('c4', 'c2', 'c5', 'c3');
    expect(listOf(story)).toEqual(['c2', 'c3']);
    expect(story.places()).toMatchObject({ c4: 2, c5: 3 });
    await story.redrive('c5', 'c4');
    await story.redrive('c5');
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4', 'c5']);
  });

  it('would tear the order apart without the turn', async () => {
    const story = await parked(3, { without: new Set(['parked-in-turn']) });
    await story.redrive('c4', 'c2', 'c5', 'c3');
    expect(listOf(story)).not.toEqual(['c2', 'c3', 'c4', 'c5']);
  });

  it('of all, in one batch with new commands, lets these join the end', async () => {
    const story = await parked(1);
    story.sendBack('c2');
    story.send('append', { target: 'a0' });
    story.sendBack('c3');
    await story.run();
    expect(listOf(story)).toEqual(['c2', 'c3']);
    expect(story.places()).toMatchObject({ c4: 2 });
    await story.redrive('c4');
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4']);
  });

  it('that fails again keeps its place, and those behind it theirs', async () => {
    const story = await parked(2);
    story.bug.present = true;
    await story.redrive('c2', 'c3');
    expect(story.places()).toEqual({ c2: 0, c3: 1, c4: 2 });
    expect(story.letters().get('c2')).toMatchObject({ n: 1, message: 'a bug' });
    expect(story.letters().get('c3')).toMatchObject({ n: 1 });
    story.bug.present = false;
    await story.redrive('c2', 'c3', 'c4');
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4']);
  });

  it('is answered also by a refusal, and the line moves on', async () => {
    const story = new ParkingStory();
    story.send('append', { target: 'a0', poison: true });
    story.send('create', { target: 'a0' });
    await story.run();
    story.bug.present = false;
    await story.redrive('c1', 'c2');
    expect([story.outcomesOf('c1'), story.outcomesOf('c2')]).toEqual([['not_found'], ['accepted']]);
  });

  it('has one effect, however often all of it is done, and however long the line is', async () => {
    const story = await parked(300);
    const all = [...story.letters().keys()];
    await story.redrive(...all);
    await story.redrive(...all);
    story.restartAt(0);
    await story.run();
    expect(listOf(story)).toEqual(all);
  });

  it('of a line of before does nothing, also while there is a new one', async () => {
    const story = await parked(1);
    await story.redrive('c2', 'c3');
    story.bug.present = true;
    story.send('append', { target: 'a0', poison: true });
    story.send('append', { target: 'a0' });
    await story.run();
    story.bug.present = false;
    expect(story.places()).toMatchObject({ c4: 2, c5: 3 });
    await story.redrive('c2', 'c3', 'c5', 'c4');
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4']);
    expect(story.outcomesOf('c3')).toEqual(['accepted', 'duplicate']);
  });

  it('brings a line to its end where none begins any more', async () => {
    const story = await parked(1);
    story.settings.parksBehindFailed = false;
    story.restartAt(3);
    await story.redrive('c2');
    story.send('append', { target: 'a0' });
    await story.run();
    expect(story.places()).toEqual({ c2: 0, c3: 1, c4: 2 });
    await story.redrive('c3', 'c4');
    story.bug.present = true;
    story.send('append', { target: 'a0', poison: true });
    story.send('append', { target: 'a0' });
    await story.run();
    expect(story.places()).toMatchObject({ c5: null });
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4', 'c6']);
  });

  it('of a letter whose line a release without lines has lost is one like any other', async () => {
    const story = await parked(1);
    const { parked: _, ...lost } = story.store.documents.get('a0') ?? {};
    story.store.documents.set('a0', lost as never);
    await story.redrive('c3', 'c3');
    expect(listOf(story)).toEqual(['c3']);
    expect(story.outcomesOf('c3')).toEqual(['accepted', 'duplicate']);
  });
});

describe('what an operator gives up', () => {
  it('is not decided, and those behind it go on', async () => {
    const story = await parked(1);
    story.bug.present = true;
    story.sendBack('c2', { isGivenUp: true });
    await story.redrive('c3');
    expect(listOf(story)).toEqual(['c3']);
    expect(story.outcomesOf('c2')).toEqual(['internal_error']);
    expect(story.log.all(topics.deadLetters)).toHaveLength(2);
  });

  it('is no new dead letter where nobody asked for a reply', async () => {
    const story = new ParkingStory();
    story.send('append', { target: 'a0', poison: true }, { headers: { kafka_replyTopic: '' } });
    await story.run();
    story.sendBack('c1', { isGivenUp: true });
    await story.run();
    expect(story.log.all(topics.deadLetters)).toHaveLength(1);
    expect(story.replies()).toEqual([]);
  });

  it('keeps the mark until its turn comes, where others are before it', async () => {
    const story = await parked(2);
    story.sendBack('c3', { isGivenUp: true });
    await story.run();
    expect(story.letters().get('c3')).toMatchObject({ parked: { number: 1, givenUp: true } });
    await story.redrive('c2', 'c3', 'c4');
    expect(listOf(story)).toEqual(['c2', 'c4']);
  });
});

describe('a line of parked commands', () => {
  it('is the same when its records come again: nothing is parked twice', async () => {
    const story = await parked(2);
    const first = story.log.all(topics.deadLetters);
    story.restartAt(0);
    story.send('append', { target: 'a0' });
    await story.run();
    const again = story.log.all(topics.deadLetters).slice(first.length);
    expect(again.slice(0, -1).map(({ headers }) => headers)).toEqual(first.map(({ headers }) => headers));
    expect(story.places()).toEqual({ c2: 0, c3: 1, c4: 2, c5: 3 });
  });

  it('is the same when a copy of a parked command comes by its detour', async () => {
    const story = await parked(0);
    const wrong = story.send('append', { target: 'a0' }, { key: 'wrong' });
    await story.run();
    story.restartAt(wrong.offset);
    await story.run();
    expect(story.places()).toEqual({ c2: 0, c3: 1 });
    expect(story.store.documents.get('a0')?.parked).toMatchObject({ first: 0, next: 2 });
  });

  it('that was closed by hand holds up nobody, and its letters do nothing any more', async () => {
    const story = await parked(1);
    const document = story.store.documents.get('a0');
    if (!document?.parked) throw new Error('there is no line');
    const { rev, parked: mark } = document;
    const closed = { ...document, rev: rev + 1, by: 'operator', parked: { ...mark, first: mark.next } };
    await story.store.write([{ document: closed, expectedRev: rev }]);
    story.send('append', { target: 'a0' });
    await story.redrive('c2', 'c3');
    expect(listOf(story)).toEqual(['c4']);
  });

  it.each([
    { what: 'before its turn and at it', sent: ['c3', 'c2', 'c3'], id: 'c3', told: ['accepted'] },
    { what: 'and given up', sent: ['c2', 'c2!'], isBroken: true, id: 'c2', told: ['internal_error'] },
  ])(
    'answers one that came $what in one batch, also where the process died before it could reply',
    async ({ sent, isBroken = false, id, told }) => {
      const story = await parked(1);
      story.bug.present = isBroken;
      for (const one of sent) story.sendBack(one.replace('!', ''), { isGivenUp: one.endsWith('!') });
      const { length } = story.log.log(topics.commands, 0);
      const reply = jest.spyOn(story.log, 'reply').mockRejectedValueOnce(new Error('it died'));
      await expect(story.run()).rejects.toThrow('it died');
      reply.mockRestore();
      story.restartAt(length - sent.length);
      await story.run();
      expect(story.outcomesOf(id)).toEqual(told);
    },
  );

  it.each(['write', 'publish'])('is whole after a process that died before it could %s', async (step) => {
    const story = await parked(2);
    story.sendBack('c2');
    story.sendBack('c3');
    const { length } = story.log.log(topics.commands, 0);
    const broken = jest
      .spyOn(step === 'write' ? story.store : story.log, step as never)
      .mockRejectedValueOnce(new Error('it died') as never);
    await expect(story.run()).rejects.toThrow('it died');
    broken.mockRestore();
    story.restartAt(length - 2);
    await story.run();
    await story.redrive('c4');
    expect(listOf(story)).toEqual(['c2', 'c3', 'c4']);
    expect(story.outcomesOf('c3')).toEqual(['accepted']);
  });
});
