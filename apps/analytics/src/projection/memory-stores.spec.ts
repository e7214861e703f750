import { MemoryRollupStore, MemorySubjectStore } from './memory-stores';
import { describeRollupStore, describeSubjectStore } from './store-suite.spec-data';

describe('subjects in memory', () => {
  describeSubjectStore(() => Promise.resolve(new MemorySubjectStore()));
});
describe('rollups in memory', () => {
  describeRollupStore(() => Promise.resolve(new MemoryRollupStore()));
});
