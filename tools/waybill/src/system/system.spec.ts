import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokersOf, serviceUrlsOf } from '../connection';
import { readyPort } from './service-process';
import { ensureSigningKey, readSigningKey } from './signing-key';
import { forgetState, readState, type SystemState, writeState } from './system-state';
import { livenessOf } from './waybill-system';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'waybill-spec-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const state: SystemState = {
  stack: { kind: 'local', dataDir: 'stack' },
  brokers: 'a:1,b:2',
  mongoUri: 'mongodb://a:3',
  services: (['orders', 'shipments', 'claims', 'analytics'] as const).map((name, i) => ({
    name,
    process: { pid: 100 + i, started: 's' },
    port: 3001 + i,
  })),
};

describe('the signing key', () => {
  it('is made once, for its owner only', () => {
    const file = ensureSigningKey(dataDir);
    const key = readSigningKey(dataDir, {});
    expect(key).toHaveLength(43);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(ensureSigningKey(dataDir)).toBe(file);
    expect(readSigningKey(dataDir, {})).toBe(key);
  });

  it('comes from the environment where that has one', () => {
    const file = join(dataDir, 'other');
    writeFileSync(file, 'from-a-file\n');
    expect(readSigningKey(dataDir, { WAYBILL_SIGNING_KEY: 'given' })).toBe('given');
    expect(readSigningKey(dataDir, { WAYBILL_SIGNING_KEY_FILE: file })).toBe('from-a-file');
  });

  it('that is nowhere is asked for', () => {
    expect(() => readSigningKey(dataDir, {})).toThrow(/WAYBILL_SIGNING_KEY_FILE/);
  });
});

describe('the state of a system', () => {
  it('is what was written, until it is forgotten', () => {
    writeState(dataDir, state);
    expect(readState(dataDir)).toEqual(state);
    forgetState(dataDir);
    expect(readState(dataDir)).toBeUndefined();
  });

  it('that cannot be read counts as none', () => {
    writeFileSync(join(dataDir, 'state.json'), '{"stack":');
    expect(readState(dataDir)).toBeUndefined();
  });

  it.each([
    { running: [100, 101, 102, 103], liveness: 'running' },
    { running: [100, 102, 103], liveness: 'broken' },
    { running: [], liveness: 'stale' },
  ])('with processes $running is $liveness', ({ running, liveness }) => {
    expect(livenessOf(state, { isRunning: ({ pid }) => running.includes(pid) })).toBe(liveness);
  });

  it('says where brokers and services are, unless they are given', () => {
    writeState(dataDir, state);
    expect(brokersOf({ dataDir }, {})).toEqual(['a:1', 'b:2']);
    expect(brokersOf({ dataDir }, { KAFKA_BROKERS: 'c:3' })).toEqual(['c:3']);
    expect(brokersOf({ dataDir, brokers: 'd:4' }, { KAFKA_BROKERS: 'c:3' })).toEqual(['d:4']);
    expect(serviceUrlsOf({ dataDir }, {})).toEqual({
      ordersUrl: 'http://127.0.0.1:3001',
      shipmentsUrl: 'http://127.0.0.1:3002',
      analyticsUrl: 'http://127.0.0.1:3004',
    });
    const given = { dataDir, shipmentsUrl: 'http://s:1/' };
    expect(serviceUrlsOf(given, { WAYBILL_ORDERS_URL: 'http://o:2' })).toEqual({
      ordersUrl: 'http://o:2',
      shipmentsUrl: 'http://s:1',
      analyticsUrl: 'http://127.0.0.1:3004',
    });
  });

  it('that is unknown makes a failure that says what to do', () => {
    expect(() => brokersOf({ dataDir }, {})).toThrow(/npm run up.*--brokers.*KAFKA_BROKERS/);
  });

  it('is not shown to others', () => {
    writeState(dataDir, state);
    expect(statSync(join(dataDir, 'state.json')).mode & 0o077).toBe(0);
    expect(readFileSync(join(dataDir, 'state.json'), 'utf8')).toContain('mongodb://');
  });
});

describe('the log of a service', () => {
  it('has its port in the line that says ready', () => {
    expect(readyPort('{"level":"info","msg":"waiting","port":1}\n')).toBeUndefined();
    expect(readyPort('not JSON\n{"level":"info","port":4711,"msg":"ready"}\n')).toBe(4711);
  });

  it('is not misread while a line is being written', () => {
    expect(readyPort('{"msg":"ready","po')).toBeUndefined();
  });
});
