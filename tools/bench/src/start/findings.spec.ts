import type { Drain } from './drain';
import { faultsIn, findingsOf, findingTable, isMet } from './findings';

const drain: Drain = { ms: 300, handled: 5000, messages: 20_000, load: 1, faults: [] };

describe('findings', () => {
  it('are of what was measured only', () => {
    expect(findingsOf({ up: [4000, 5000, 6000] }).map(({ what }) => what)).toEqual([
      '`npm run up`, all built, to ready',
    ]);
  });

  it('leave a void run out, and tell of it', () => {
    const drains = [drain, { ...drain, ms: 9000, faults: ['facts: 3, not 2'] }];
    expect(findingsOf({ drains }).map(({ values }) => values)).toEqual([[300]]);
    expect(faultsIn({ drains })).toEqual(['drain: facts: 3, not 2']);
  });

  it('meet their goal by the median', () => {
    const [up] = findingsOf({ up: [4000, 5000, 60_000] });
    const [slow] = findingsOf({ up: [4000, 50_000, 60_000] });
    if (!up || !slow) throw new Error('nothing was found');
    expect([isMet(up), isMet(slow)]).toEqual([true, false]);
    expect(findingTable([slow]).at(-1)).toBe(
      '| `npm run up`, all built, to ready | **no** | 50000 (4000–60000) ms | < 10000 ms | 3 |',
    );
  });
});
