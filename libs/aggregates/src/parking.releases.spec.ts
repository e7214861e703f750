import type { Issue } from '@waybill/decider';
import { listOf, stream } from './engine-story.spec-data';
import { ParkingStory } from './parking.spec-data';
import { topics } from './simulated/world';

const notAllowed: Issue = { loc: ['data', 'poison'], field: 'poison', msg: 'is not allowed', type: 'no' };

/** What a release that does not know the mark does to it with any write. */
function loseLine(story: ParkingStory): void {
  const { parked: _, ...lost } = story.store.documents.get('a0') ?? {};
  story.store.documents.set('a0', lost as never);
}

describe('a release that takes what failed for no valid command any more', () => {
  const mended = async () => {
    const story: ParkingStory = new ParkingStory({
      validate: (_type, data) =>
        !story.bug.present && (data as { poison?: boolean }).poison ? [notAllowed] : [],
    });
    await story.park(2);
    return story;
  };
  it('refuses it when its turn comes, and the line moves on', async () => {
    const story = await mended();
    await story.redrive('c2', 'c3', 'c4');
    expect(story.outcomesOf('c2')).toEqual(['validation_error']);
    expect(listOf(story)).toEqual(['c3', 'c4']);
  });
  it('refuses it once, whatever the order is, and lets it be given up', async () => {
    const story = await mended();
    await story.redrive('c3', 'c2', 'c2', 'c3', 'c4');
    expect(story.outcomesOf('c2')).toEqual(['validation_error', 'duplicate']);
    expect(listOf(story)).toEqual(['c3', 'c4']);
    const other = await mended();
    other.sendBack('c2', { isGivenUp: true });
    await other.redrive('c3');
    expect(other.outcomesOf('c2')).toEqual(['internal_error']);
    expect(listOf(other)).toEqual(['c3']);
  });
  it('does not ask for what copies say of it', async () => {
    const read = jest.fn(async (asked: readonly unknown[]) => asked.map(() => 'a copy'));
    const story: ParkingStory = new ParkingStory({
      validate: (_type, data) =>
        !story.bug.present && (data as { poison?: boolean }).poison ? [notAllowed] : [],
      copies: { read },
    });
    await story.park(1);
    read.mockClear();
    await story.redrive('c2', 'c3');
    expect(read.mock.calls.flatMap(([asked]) => asked)).toMatchObject([{ message: { id: 'c3' } }]);
  });
});

it('a parked command keeps its place where a release does not know its type', async () => {
  let isKnown = true;
  const story = new ParkingStory({ validate: () => (isKnown ? [] : null) });
  await story.park(1);
  isKnown = false;
  await story.redrive('c2');
  expect(story.letters().get('c2')).toMatchObject({ kind: 'malformed', n: 1, parked: { number: 0 } });
  isKnown = true;
  await story.redrive('c2', 'c3');
  expect(listOf(story)).toEqual(['c2', 'c3']);
});

// an operator counts on it, whatever became of the line
describe('what is given up', () => {
  it('is not decided where its line is lost', async () => {
    const story = new ParkingStory();
    await story.park(1);
    loseLine(story);
    story.sendBack('c2', { isGivenUp: true });
    await story.redrive('c3');
    expect(story.outcomesOf('c2')).toEqual(['internal_error']);
    expect(listOf(story)).toEqual(['c3']);
  });
  it('is not decided where there is another line since', async () => {
    const story = new ParkingStory();
    await story.park(1);
    loseLine(story);
    story.bug.present = true;
    story.send('append', { target: 'a0', poison: true });
    await story.run();
    story.bug.present = false;
    story.sendBack('c3', { isGivenUp: true });
    await story.redrive('c4');
    expect(story.outcomesOf('c3')).toEqual(['internal_error']);
    expect(listOf(story)).toEqual(['c4']);
    expect(story.log.all(topics.deadLetters)).toHaveLength(3);
  });
});

describe('after a release without lines has lost one', () => {
  it('what stood in it is not taken for answered, although the numbers of a new line have passed its own', async () => {
    const story = new ParkingStory();
    await story.park(2);
    loseLine(story);
    story.bug.present = true;
    story.send('append', { target: 'a0', poison: true });
    for (let i = 0; i < 3; i++) story.send('append', { target: 'a0' });
    await story.run();
    story.bug.present = false;
    await story.redrive('c5', 'c6', 'c7', 'c8');
    await story.redrive('c2', 'c3', 'c4');
    expect(listOf(story)).toEqual(['c5', 'c6', 'c7', 'c8', 'c2', 'c3', 'c4']);
  });
  it('nor is it where the same command begins the new one', async () => {
    const story = new ParkingStory();
    await story.park(1);
    loseLine(story);
    story.bug.present = true;
    story.sendBack('c2');
    story.send('append', { target: 'a0' });
    await story.run();
    story.bug.present = false;
    expect(story.places()).toMatchObject({ c2: 0, c4: 1 });
    await story.redrive('c2', 'c3', 'c4');
    await story.redrive('c3');
    expect(listOf(story)).toEqual(['c2', 'c4', 'c3']);
  });
  it('what was answered in it has no second effect', async () => {
    const story = new ParkingStory();
    // more than an aggregate remembers by their ids
    await story.park(40);
    const all = [...story.letters().keys()];
    await story.redrive(...all);
    loseLine(story);
    await story.redrive(...all);
    expect(listOf(story)).toEqual(all);
  });
});

describe('after a restore of the database from before a line', () => {
  const restored = async (isMended: boolean) => {
    const story = new ParkingStory();
    // more than an aggregate remembers by their ids
    await story.park(40);
    const all = [...story.letters().keys()];
    await story.redrive(...all);
    story.store.documents.clear();
    await story.positions.rewind(stream, story.committed);
    story.restartAt(0);
    story.bug.present = !isMended;
    await story.run();
    return { story, all };
  };
  it('nothing is decided twice where nothing fails any more', async () => {
    const { story, all } = await restored(true);
    expect(listOf(story)).toEqual(all);
  });
  it('the line is there again where its first fails again, and comes back as ever', async () => {
    const { story, all } = await restored(false);
    expect(listOf(story)).toEqual([]);
    story.bug.present = false;
    await story.redrive(...all);
    expect(listOf(story)).toEqual(all);
  });
});
