import { lintPlanted } from './planted-workspace';

const forbidden = [
  { rule: 'apps do not know each other', file: 'apps/orders/src/a.ts', imports: '../../claims/src/index' },
  { rule: 'libs do not know apps', file: 'libs/service/src/b.ts', imports: '../../../apps/orders/src/index' },
  {
    rule: 'tools do not know apps',
    file: 'tools/waybill/src/c.ts',
    imports: '../../../apps/orders/src/index',
  },
  { rule: 'messaging is below aggregates', file: 'libs/messaging/src/d.ts', imports: '@waybill/aggregates' },
  { rule: 'messaging is below service', file: 'libs/messaging/src/e.ts', imports: '@waybill/service' },
  { rule: 'aggregates are below service', file: 'libs/aggregates/src/f.ts', imports: '@waybill/service' },
  { rule: 'contracts are below messaging', file: 'libs/contracts/src/g.ts', imports: '@waybill/messaging' },
  { rule: 'contracts are below aggregates', file: 'libs/contracts/src/h.ts', imports: '@waybill/aggregates' },
  { rule: 'contracts are free of Nest', file: 'libs/contracts/src/i.ts', imports: '@nestjs/common' },
  { rule: 'contracts are free of Kafka', file: 'libs/contracts/src/j.ts', imports: 'kafkajs' },
  { rule: 'contracts are free of MongoDB', file: 'libs/contracts/src/k.ts', imports: 'mongoose' },
  { rule: 'the decider is free of Nest', file: 'libs/decider/src/l.ts', imports: '@nestjs/common' },
  { rule: 'the decider is free of Kafka', file: 'libs/decider/src/m.ts', imports: 'kafkajs' },
  { rule: 'the decider is free of MongoDB', file: 'libs/decider/src/n.ts', imports: 'mongoose' },
  { rule: 'the decider knows no other lib', file: 'libs/decider/src/o.ts', imports: '@waybill/contracts' },
  { rule: 'only specs of apps use testing', file: 'apps/claims/src/p.ts', imports: '@waybill/testing' },
  { rule: 'only specs of libs use testing', file: 'libs/service/src/q.ts', imports: '@waybill/testing' },
  { rule: 'only specs of tools use testing', file: 'tools/waybill/src/r.ts', imports: '@waybill/testing' },
  { rule: 'apps do not start the stack', file: 'apps/orders/src/s.ts', imports: '@waybill/stack' },
  { rule: 'libs do not start the stack', file: 'libs/messaging/src/t.ts', imports: '@waybill/stack' },
  { rule: 'the stack stands alone', file: 'tools/stack/u.mjs', imports: '@waybill/testing' },
  { rule: 'a lib of one service is its own', file: 'apps/claims/src/v.ts', imports: '@waybill/orders-only' },
  { rule: 'no shared lib knows one service', file: 'libs/service/src/w.ts', imports: '@waybill/orders-only' },
];

const allowed = [
  { file: 'apps/orders/src/a.ts', imports: '@waybill/service' },
  { file: 'apps/orders/src/b.ts', imports: '@waybill/aggregates' },
  { file: 'apps/orders/src/c.ts', imports: '@waybill/messaging' },
  { file: 'apps/orders/src/d.ts', imports: '@waybill/contracts' },
  { file: 'apps/orders/src/e.ts', imports: '@waybill/decider' },
  { file: 'apps/orders/src/f.ts', imports: '@waybill/orders-only' },
  { file: 'apps/orders/src/g.spec.ts', imports: '@waybill/testing' },
  { file: 'libs/service/src/h.ts', imports: '@waybill/aggregates' },
  { file: 'libs/service/src/i.ts', imports: '@nestjs/common' },
  { file: 'libs/aggregates/src/j.ts', imports: '@waybill/messaging' },
  { file: 'libs/messaging/src/k.ts', imports: '@waybill/contracts' },
  { file: 'libs/messaging/src/l.ts', imports: 'kafkajs' },
  { file: 'libs/contracts/src/m.ts', imports: '@waybill/decider' },
  { file: 'libs/testing/src/n.ts', imports: '@waybill/stack' },
  { file: 'tools/waybill/src/o.ts', imports: '@waybill/stack' },
  { file: 'tools/waybill/src/p.ts', imports: '@waybill/messaging' },
];

// testing stands on service, so service may not use testing, not even in a spec
const circle = [
  { file: 'libs/testing/src/q.ts', imports: '@waybill/service' },
  { file: 'libs/service/src/r.spec.ts', imports: '@waybill/testing' },
];

describe('the boundaries between projects', () => {
  let reports: { forbidden: Map<string, string>; allowed: Map<string, string> };
  beforeAll(async () => {
    reports = {
      forbidden: await lintPlanted(forbidden),
      allowed: await lintPlanted([...allowed, ...circle]),
    };
  }, 60_000);

  it.each(forbidden)('$rule', ({ file }) => {
    expect(reports.forbidden.get(file)).toBeDefined();
    // an import that is only refused because it closes a circle would not prove the rule
    expect(reports.forbidden.get(file)).not.toMatch(/circular/i);
  });

  it.each(allowed)('$file may import $imports', ({ file }) => {
    expect(reports.allowed.get(file)).toBeUndefined();
  });

  it.each(circle)('$file closes a circle', ({ file }) => {
    expect(reports.allowed.get(file)).toMatch(/circular/i);
  });
});
