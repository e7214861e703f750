import { message } from './message';
import { shuffledScans } from './shuffled-scans';

const planned = Array.from({ length: 40 }, (_, i) =>
  message({
    service: i % 4 === 0 ? 'orders' : 'shipments',
    key: 'k',
    name: 'n',
    commandId: String(i),
    at: '2025-09-01T07:07:50Z',
    data: {},
    gist: '',
    purpose: 'row',
    needsNumberOf: 's-1',
  }),
);
const ids = (seed: number) => shuffledScans(planned, seed).map(({ commandId }) => Number(commandId));

describe('shuffled scans', () => {
  it('are all there, each once', () => {
    expect(ids(7).toSorted((a, b) => a - b)).toEqual(planned.map((_, i) => i));
  });

  it('come in another order, the same one for a seed', () => {
    expect(ids(7)).toEqual(ids(7));
    expect(ids(7)).not.toEqual(ids(8));
    expect(ids(7)).not.toEqual(planned.map((_, i) => i));
  });

  it('leave the orders in the order of their times', () => {
    expect(ids(7).filter((id) => id % 4 === 0)).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
  });

  it('come before their orders as well as after them', () => {
    const early = ids(7).filter((id, place) => id % 4 !== 0 && place < id).length;
    expect(early).toBeGreaterThan(5);
    expect(early).toBeLessThan(25);
  });

  it('wait for nothing', () => {
    expect(shuffledScans(planned, 7).some((one) => 'needsNumberOf' in one)).toBe(false);
  });
});
