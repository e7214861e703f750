import { lagOf } from './lag';

const range = (partition: number, low: string, high: string) => ({ partition, low, high });

describe('the lag of a group', () => {
  it('is what lies between its committed offset and the end', () => {
    const lags = lagOf(
      'orders',
      'orders.commands',
      [range(1, '0', '10'), range(0, '0', '5')],
      new Map([
        ['orders.commands/0', 5],
        ['orders.commands/1', 7],
      ]),
    );
    expect(lags.map(({ partition, messages }) => [partition, messages])).toEqual([
      [0, 0],
      [1, 3],
    ]);
  });

  it('counts everything that is there where nothing was committed, or what was committed is gone', () => {
    const lags = lagOf(
      'orders',
      'orders.commands',
      [range(0, '4', '10'), range(1, '8', '10')],
      new Map([
        ['orders.commands/0', -1],
        ['orders.commands/1', 2],
      ]),
    );
    expect(lags.map(({ committed, messages }) => [committed, messages])).toEqual([
      [null, 6],
      [2, 2],
    ]);
  });

  it('is not shown for a topic that it does not read', () => {
    expect(lagOf('orders', 'claims.commands', [range(0, '0', '10')], new Map())).toEqual([]);
  });
});
