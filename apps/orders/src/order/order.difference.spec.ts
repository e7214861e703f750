import * as fc from 'fast-check';
import { history, runs, seed, sentAt } from './order.arbitraries.spec-data';
import { OrderBook } from './order.book.spec-data';
import { changedFields, type DetailField } from './order.difference';
import { settableFields } from './order.snapshot';

describe('what differs between two orders', () => {
  it(`is what their JSON shows to differ (WAYBILL_SEED=${seed})`, async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const book = new OrderBook();
        const states = [];
        for (const [minute, one] of commands.entries()) {
          await book.send(sentAt(one, minute));
          states.push(...[...book.all].map(({ details }) => details));
        }
        for (const before of states.slice(-8))
          for (const after of states.slice(0, 8)) {
            const [old, wanted] = [settableFields(before), settableFields(after)];
            const differs = (name: DetailField) => JSON.stringify(old[name]) !== JSON.stringify(wanted[name]);
            const fields = changedFields(before, after);
            expect(fields).toEqual((Object.keys(wanted) as DetailField[]).filter(differs));
            seen.add(fields.length);
          }
      }),
      runs(20),
    );
    // orders that are the same, and such that are not
    expect(seen.size).toBeGreaterThan(3);
  });
});
