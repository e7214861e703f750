import { allContracts } from './contracts';
import { topicTable } from './topic-table';
import { buildTopicManifest, retryDelayMs, serviceTopics, topicManifest } from './topics';

describe('topic manifest', () => {
  it('lists every topic of every service once', () => {
    const names = topicManifest.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const service of ['orders', 'shipments', 'claims']) {
      const { commands, events, reply, retry, deadLetters } = serviceTopics(service);
      expect(names).toEqual(
        expect.arrayContaining([commands, events, reply, deadLetters, ...retry.map(({ topic }) => topic)]),
      );
    }
    expect(names).toHaveLength(24);
  });

  it('has the topic of every message', () => {
    const names = topicManifest.map(({ name }) => name);
    expect(allContracts.filter(({ topic }) => !names.includes(topic))).toEqual([]);
  });

  it('keeps facts for ever, takes 2 MiB and gives all topics one number of partitions', () => {
    const events = topicManifest.filter(({ name }) => name.endsWith('.events'));
    expect(events.map(({ retentionMs }) => retentionMs)).toEqual([-1, -1, -1]);
    expect(topicManifest.filter(({ maxMessageBytes }) => maxMessageBytes !== 2_097_152)).toEqual([]);
    expect(new Set(buildTopicManifest({ partitions: 3 }).map(({ partitions }) => partitions))).toEqual(
      new Set([3]),
    );
  });

  it('names who reads facts, and nobody else: what waits for a service is counted by it', () => {
    const events = topicManifest.filter(({ name }) => name.endsWith('.events'));
    expect(Object.fromEntries(events.map(({ name, readers }) => [name, readers]))).toEqual({
      'orders.events': ['shipments', 'claims', 'analytics', 'anyone'],
      'shipments.events': ['orders', 'claims', 'anyone'],
      'claims.events': ['analytics', 'anyone'],
    });
  });

  it('follows the configured retry delays', () => {
    const retry = buildTopicManifest({ retryDelays: ['1s', '2h'] }).filter(({ name }) =>
      name.startsWith('claims.retry'),
    );
    expect(retry.map(({ name }) => name)).toEqual(['claims.retry.1s', 'claims.retry.2h']);
    expect(serviceTopics('orders').retry.map(({ delayMs }) => delayMs)).toEqual([
      5000, 30_000, 120_000, 600_000,
    ]);
    expect(serviceTopics('orders', ['2h']).retry).toEqual([{ topic: 'orders.retry.2h', delayMs: 7_200_000 }]);
  });

  it.each(['', '5', 's', '0s', '-1s', '1.5s', '5d', '5s ', '999999s'])('refuses the delay %p', (delay) => {
    expect(() => retryDelayMs(delay)).toThrow(RangeError);
  });

  it('becomes a table with a row for each topic', () => {
    expect(topicTable().split('\n')).toHaveLength(topicManifest.length + 2);
    expect(topicTable()).toContain(
      '| `orders.commands` | `<shop_slug>/<order_number>` | any producer, orders | orders | 12 | 30 d | order |',
    );
  });
});
