import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, partFolder } from './cache.mjs';
import { jarsThatDiffer, pinnedJars } from './java.mjs';
import { mongoObstacle } from './mongo-install.mjs';

const hashOfA = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';

describe('what Maven has fetched', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-jars-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.jar'), 'a');
  writeFileSync(join(folder, 'b.jar'), 'b');

  it('is taken when each jar is pinned', () => {
    const hashOfB = '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d';
    const pinned = new Map([
      ['a.jar', hashOfA],
      ['b.jar', hashOfB],
    ]);
    expect(jarsThatDiffer(folder, pinned)).toEqual([]);
  });

  it('is refused with a reason for each jar that is not', () => {
    const pinned = new Map([
      ['a.jar', 'another hash'],
      ['c.jar', hashOfA],
    ]);
    expect(jarsThatDiffer(folder, pinned)).toEqual([
      'c.jar is missing',
      'b.jar is not on the list',
      `a.jar has sha256 ${hashOfA}, pinned is another hash`,
    ]);
  });

  it.each(['kafka', 'kafka-tools'])('is pinned with a hash for every jar of %s', (name) => {
    const pinned = pinnedJars(name);
    expect([...pinned.keys()]).toContain('kafka-clients-4.2.0.jar');
    expect([...pinned.values()].filter((hash) => !/^[0-9a-f]{64}$/.test(String(hash)))).toEqual([]);
  });
});

describe('the database program', () => {
  it.each([
    { machine: { platform: 'linux', arch: 'x64', glibc: '2.36' }, reason: undefined },
    { machine: { platform: 'linux', arch: 'x64', glibc: '2.28' }, reason: undefined },
    {
      machine: { platform: 'linux', arch: 'x64', glibc: '2.17' },
      reason: 'it needs glibc 2.28 or later, this is 2.17',
    },
    {
      machine: { platform: 'linux', arch: 'x64', glibc: '' },
      reason: 'it needs glibc, which this Linux does not use',
    },
    {
      machine: { platform: 'linux', arch: 'arm64' },
      reason: 'published for Linux x86_64 only, this is linux/arm64',
    },
    {
      machine: { platform: 'darwin', arch: 'arm64' },
      reason: 'published for Linux x86_64 only, this is darwin/arm64',
    },
  ])('on $machine.platform/$machine.arch with glibc $machine.glibc: $reason', ({ machine, reason }) => {
    const obstacle = mongoObstacle(machine);
    expect(obstacle ?? 'none').toContain(reason ?? 'none');
  });
});

describe('the cache', () => {
  it.each([
    { env: { WAYBILL_CACHE: '/elsewhere' }, folder: '/elsewhere' },
    { env: { XDG_CACHE_HOME: '/caches' }, folder: '/caches/waybill' },
    { env: { WAYBILL_CACHE: '/elsewhere', XDG_CACHE_HOME: '/caches' }, folder: '/elsewhere' },
  ])('is $folder for $env', ({ env, folder }) => {
    expect(cacheFolder(env)).toBe(folder);
  });

  it('has a folder for each version and its pins', () => {
    expect(partFolder('kafka', '4.2.0', { WAYBILL_CACHE: '/c' })).toMatch(/^\/c\/kafka-4\.2\.0-[0-9a-f]{8}$/);
  });
});
