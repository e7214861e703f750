import { longestGap, longestGapOfAny } from './gaps';

describe('the longest gap', () => {
  it.each([
    { name: 'lies between neighbours', times: [10, 20, 70, 90], gap: 50 },
    { name: 'does not depend on the order in which they are told', times: [90, 10, 70, 20], gap: 50 },
    { name: 'may be at the begin', times: [60, 90], gap: 60 },
    { name: 'may last until the end', times: [10, 30], gap: 70 },
    { name: 'is all of the span where nothing is seen', times: [], gap: 100 },
    { name: 'is not closed by what is seen outside of the span', times: [-5, 105], gap: 100 },
  ])('$name', ({ times, gap }) => {
    expect(longestGap(times, 0, 100)).toBe(gap);
  });

  it('of a partition is not hidden by the others', () => {
    const steady = Array.from({ length: 9 }, (_, i) => ({ atMs: 10 * (i + 1), partition: 0 }));
    const stalled = [10, 85].map((atMs) => ({ atMs, partition: 1 }));
    const all = [...steady, ...stalled];
    expect(longestGapOfAny(all, 0, 100)).toBe(75);
    expect(
      longestGap(
        all.map(({ atMs }) => atMs),
        0,
        100,
      ),
    ).toBe(10);
  });
});
