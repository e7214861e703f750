import { readOptions } from './options';

const read = (...argv: string[]) => readOptions(argv, '/srv/waybill');

beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

test('what is not said is set', () => {
  expect(read('--seed', '7')).toEqual({
    kills: 20,
    minutes: 3,
    seed: 7,
    instances: 2,
    rate: 20,
    sessionTimeoutMs: 6000,
    dir: '/srv/waybill/tmp/storm/7',
    result: '/srv/waybill/tmp/storm/7/result.json',
  });
});

test('a seed is chosen, and names the folder', () => {
  const { seed, dir } = read();
  expect(Number.isInteger(seed)).toBe(true);
  expect(dir).toBe(`/srv/waybill/tmp/storm/${seed}`);
});

test.each([
  ['--kills', '0'],
  ['--kills', 'many'],
  ['--minutes', '-1'],
  ['--seed', '1.5'],
  ['--instances', '9'],
  ['--session-timeout', '10'],
  ['--what', '1'],
])('%s %s is refused', (name, value) => {
  expect(() => read(name, value)).toThrow(expect.objectContaining({ exitCode: 1 }));
});

test('help is no failure', () => {
  expect(() => read('--help')).toThrow(expect.objectContaining({ exitCode: 0 }));
});
