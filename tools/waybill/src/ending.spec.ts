import { setTimeout as pause } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { exitCodeOf, explanationOf } from './ending';
import { CommandFailure } from './failure';
import { Interrupted } from './screen/interruption';

const caught = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

describe('the end of a run', () => {
  it.each([
    { what: 'a failure', error: new CommandFailure('no broker answers'), code: 1, says: 'no broker answers' },
    { what: 'a wrong call', error: new CommandFailure('give an id', 2), code: 2, says: 'give an id' },
    { what: 'Ctrl-C', error: new Interrupted('SIGINT'), code: 130, says: 'stopped by SIGINT' },
    { what: 'an unknown option', error: new CommanderError(1, 'commander.unknownOption', 'no'), code: 2 },
    { what: 'help', error: new CommanderError(0, 'commander.help', ''), code: 0 },
  ])('by $what has code $code', ({ error, code, says }) => {
    expect(exitCodeOf(error)).toBe(code);
    expect(explanationOf(error)).toBe(says);
  });

  it('by an error of a server names the server', () => {
    const error = Object.assign(new Error('Closed connection'), { name: 'KafkaJSConnectionClosedError' });
    expect(explanationOf(error)).toBe('Kafka: Closed connection');
  });

  it('shows an error that nobody expected as it is', () => {
    const error = new TypeError('bug');
    expect(exitCodeOf(error)).toBe(1);
    expect(explanationOf(error)).toBe(error);
  });

  it('by something that was aborted is told by its reason', async () => {
    const controller = new AbortController();
    const aborted = caught(pause(60_000, undefined, { signal: controller.signal }));
    controller.abort(new CommandFailure('orders ended with SIGKILL'));
    expect(explanationOf(await aborted)).toBe('orders ended with SIGKILL');
  });

  it('by a timeout names the option that helps', async () => {
    const error = await caught(pause(60_000, undefined, { signal: AbortSignal.timeout(1) }));
    expect(explanationOf(error)).toMatch(/--timeout/);
  });
});
