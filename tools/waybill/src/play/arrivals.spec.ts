import { CommandFailure } from '../failure';
import { Arrivals } from './arrivals';

describe('waiting for arrivals', () => {
  const never = new AbortController().signal;

  it('ends when the last one has come', async () => {
    const arrivals = new Arrivals();
    const arrived: string[] = [];
    const waiting = arrivals.until(
      () => arrived.length === 2,
      () => '',
      never,
    );
    for (const one of ['a', 'b']) {
      arrived.push(one);
      arrivals.changed();
    }
    await expect(waiting).resolves.toBeUndefined();
  });

  it('ends at once when everything is there', async () => {
    await expect(
      new Arrivals().until(
        () => true,
        () => '',
        never,
      ),
    ).resolves.toBeUndefined();
  });

  it('fails with what is missing when the time is over', async () => {
    const waiting = new Arrivals().until(
      () => false,
      () => '3 replies',
      AbortSignal.timeout(1),
    );
    await expect(waiting).rejects.toThrow('it took too long: 3 replies');
  });

  it.each(['before', 'while'])('fails with the reason of an abort %s it waits', async (when) => {
    const controller = new AbortController();
    const reason = new CommandFailure('orders ended with code 1');
    if (when === 'before') controller.abort(reason);
    const waiting = new Arrivals().until(
      () => false,
      () => '',
      controller.signal,
    );
    if (when === 'while') controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
