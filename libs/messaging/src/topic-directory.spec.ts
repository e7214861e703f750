import { TopicDirectory } from './topic-directory';

function given() {
  const cluster = { topics: new Map([['a', 3]]), asked: 0, nowMs: 0 };
  const admin = {
    fetchTopicMetadata: () => {
      cluster.asked += 1;
      const topics = [...cluster.topics].map(([name, partitions]) => ({
        name,
        partitions: Array.from({ length: partitions }),
      }));
      return Promise.resolve({ topics: topics as never });
    },
  };
  const directory = new TopicDirectory(admin, {
    freshForMs: 1000,
    missFreshForMs: 100,
    now: () => cluster.nowMs,
  });
  return { cluster, directory };
}

it('asks once for many, and again when its list is old', async () => {
  const { cluster, directory } = given();

  expect(await Promise.all(['a', 'a', 'b'].map((topic) => directory.partitionsOf(topic)))).toEqual([
    3,
    3,
    undefined,
  ]);
  expect(cluster.asked).toBe(1);
  cluster.nowMs = 1001;
  await directory.partitionsOf('a');
  expect(cluster.asked).toBe(2);
});

it('looks again soon for a topic that was not there, but not for every stranger', async () => {
  const { cluster, directory } = given();
  await directory.partitionsOf('b');
  cluster.topics.set('b', 1);

  expect(await directory.partitionsOf('b')).toBeUndefined();
  cluster.nowMs = 101;
  expect(await directory.partitionsOf('b')).toBe(1);
  expect(cluster.asked).toBe(2);
});

it('asks again after an answer that failed', async () => {
  const { cluster, directory } = given();
  await directory.partitionsOf('a');
  cluster.topics.delete('a');
  directory.forget();

  expect(await directory.partitionsOf('a')).toBeUndefined();
});
