import { headerText, readDeadLetter } from '@waybill/messaging';
import { listOf, Story } from './engine-story.spec-data';
import { KeptSweep } from './kept-sweep';
import { MemoryKeptStore } from './memory-kept-store';
import { SampleRouter } from './simulated/sample-aggregate';
import { topics } from './simulated/world';

const items = [
  { type: 'samples.scan.v1', number: 'N' },
  { type: 'samples.set.v1', target: 'a0', value: 2 },
];

/** A bulk that came before the number of its scan. */
const early = async () => {
  const kept = new MemoryKeptStore();
  const story = new Story({ kept });
  story.send('create', { target: 'a0' });
  story.send('many', { items }, { id: 'bulk', key: 'bulk' });
  await story.run();
  return { story, kept };
};

it('an item of a bulk is kept alone, and its sender is told so', async () => {
  const { story, kept } = await early();
  const [scan] = kept.kept.values();
  expect(scan).toMatchObject({ identity: 'N/bulk/0', messageId: 'bulk/0', items: 2, origin: { item: 0 } });
  expect(JSON.parse(String(scan?.record.value))).toMatchObject({
    id: 'bulk/0',
    type: 'samples.scan.v1',
    data: { number: 'N' },
  });
  expect(story.replies()).toMatchObject([
    { outcome: 'accepted', kept: true, item: 0, items: 2 },
    { outcome: 'accepted', aggregate_id: 'a0', sequence: 1 },
    { outcome: 'accepted', aggregate_id: 'a0', sequence: 2, item: 1, items: 2 },
  ]);
});

it('an item that was kept goes on without the rest of its bulk', async () => {
  const { story, kept } = await early();
  story.send('attach', { target: 'a0', number: 'N' });
  await story.run();
  expect(listOf(story)).toEqual(['bulk/0']);
  expect([story.store.documents.get('a0')?.seq, kept.kept.size]).toEqual([4, 0]);
  const sent = story.log.all(topics.commands).at(-1);
  expect(headerText(sent?.headers ?? {}, 'kafka_replyTopic')).toBeUndefined();
});

it('an item whose time is over is a dead letter of its own', async () => {
  const { story, kept } = await early();
  const { keeping } = story.engine;
  if (!keeping) throw new Error('the engine keeps commands');
  const router = new SampleRouter(story.store);
  await new KeptSweep({
    store: kept,
    keeping,
    router,
    publisher: story.log,
    deadLetters: topics.deadLetters,
    keepForMs: 0,
  }).run();
  const letters = story.log.all(topics.deadLetters).map(readDeadLetter);
  expect(letters).toMatchObject([{ kind: 'refused', key: 'not_found', item: 0, items: 2 }]);
  expect(String(letters[0]?.record.value)).toContain('"id":"bulk/0"');
});
