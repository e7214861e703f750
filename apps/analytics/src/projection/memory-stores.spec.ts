import { MemoryPositionStore, MemoryRollupStore, MemorySubjectStore } from './memory-stores';
import { describePositionStore, describeRollupStore, describeSubjectStore } from './store-suite.spec-data';

describe('subjects in memory', () => {
  describeSubjectStore(() => Promise.resolve(new MemorySubjectStore()));
});
describe('rollups in memory', () => {
  describeRollupStore(() => Promise.resolve(new MemoryRollupStore()));
});
describe('positions in memory', () => {
  describePositionStore(() => Promise.resolve(new MemoryPositionStore()));
});
