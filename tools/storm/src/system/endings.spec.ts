import { lastWords, pointOf } from './endings';

test('a process that has died at a failpoint has said so last', () => {
  expect(
    pointOf([
      { level: 'info', msg: 'ready' },
      { level: 'stderr', msg: 'failpoint after-write' },
    ]),
  ).toBe('after-write');
  expect(pointOf([{ level: 'stderr', msg: 'failpoint after-write' }, { msg: 'ready' }])).toBeUndefined();
  expect(pointOf([])).toBeUndefined();
});

test('the last complaint is the reason, without the numbers in it', () => {
  const lines = [
    { level: 'error', msg: 'first' },
    { level: 'fatal', msg: 'the service cannot go on', err: { message: 'orders.commands/3 stands at 17' } },
    { level: 'info', msg: 'closed' },
  ];
  expect(lastWords(lines)).toBe('the service cannot go on: orders.commands/n stands at n');
  expect(lastWords([{ level: 'info', msg: 'ready' }])).toBeUndefined();
});
