import { MemoryAggregateStore, MemoryPositionStore, MemoryRouteStore } from './memory-stores';
import { describeAggregateStore, describePositionStore, describeRouteStore } from './simulated/store-suite';

describe('aggregates in memory', () => {
  describeAggregateStore(() => Promise.resolve(new MemoryAggregateStore()));
});
describe('routes in memory', () => {
  describeRouteStore(() => Promise.resolve(new MemoryRouteStore()));
});
describe('positions in memory', () => {
  describePositionStore(() => Promise.resolve(new MemoryPositionStore()));
});
