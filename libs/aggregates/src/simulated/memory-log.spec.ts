import { describeLog, type GroupMember, type HandedOver, type LogUnderTest } from './log-suite';
import { MemoryGroup } from './memory-group';
import { MemoryLog } from './memory-log';

const topic = 'topic';

/** Reads all partitions by turns, as a worker of the simulation reads one. */
class MemoryMember implements GroupMember {
  private readonly positions: number[];

  constructor(
    private readonly log: MemoryLog,
    private readonly group: MemoryGroup<MemoryMember>,
  ) {
    const all = Array.from({ length: log.partitions }, (_, partition) => `${topic}/${partition}`);
    for (const place of all) group.assign(place, this);
    this.positions = all.map((place) => group.offset(place));
  }

  next(): Promise<HandedOver> {
    const { group, log, positions } = this;
    for (const [partition, position] of positions.entries()) {
      const records = log.read(topic, partition, position, 1);
      if (records.length === 0) continue;
      const place = `${topic}/${partition}`;
      return Promise.resolve({
        records,
        isStale: () => group.ownerOf(place) !== this,
        done: () => {
          positions[partition] = position + records.length;
          group.commit(place, this, position + records.length);
          return Promise.resolve();
        },
        failed: () => undefined,
      });
    }
    return Promise.reject(new Error('there is nothing to read'));
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the log in memory', () => {
  describeLog((): Promise<LogUnderTest> => {
    const log = new MemoryLog(3);
    const groups = new Map<string, MemoryGroup<MemoryMember>>();
    const groupOf = (name: string) => {
      const group = groups.get(name) ?? new MemoryGroup<MemoryMember>();
      groups.set(name, group);
      return group;
    };
    return Promise.resolve({
      topic,
      publisher: log,
      join: (name) => Promise.resolve(new MemoryMember(log, groupOf(name))),
      committed: (name, partition) => Promise.resolve(groupOf(name).offset(`${topic}/${partition}`)),
    });
  });
});
