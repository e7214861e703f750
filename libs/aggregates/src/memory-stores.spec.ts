import { MemoryKeptStore } from './memory-kept-store';
import { MemoryAggregateStore, MemoryPositionStore, MemoryRouteStore } from './memory-stores';
import { describeKeptStore } from './simulated/kept-store-suite';
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
describe('kept commands in memory', () => {
  describeKeptStore(() => Promise.resolve(new MemoryKeptStore()));
});
