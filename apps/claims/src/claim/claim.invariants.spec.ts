import { contractOf, validatorOf } from '@waybill/contracts';
import * as fc from 'fast-check';
import { history, runs, seed } from './claim.arbitraries.spec-data';
import { claimAggregate } from './claim.aggregate';
import type { ClaimCommand } from './claim.commands';
import { transitions } from './claim.decider';
import type { ClaimEvent } from './claim.events';
import { create, decide, shipmentId, verdict } from './claim.samples.spec-data';
import type { Claim } from './claim.state';

/** Claims of several ids side by side, as the engine and its unique index keep them. */
class ClaimBook {
  readonly claims = new Map<string, Claim>();

  send(command: ClaimCommand) {
    const id = command.claimId ?? '';
    const before = this.claims.get(id) ?? null;
    const others = [...this.claims.values()].filter(({ claimId }) => claimId !== id);
    const taken = new Set(others.flatMap((claim) => claimAggregate.uniqueKeys(claim)));
    const decision = decide(before, command, { taken });
    const events: readonly ClaimEvent[] = decision.outcome === 'accepted' ? decision.events : [];
    let state = before;
    for (const event of events) state = claimAggregate.decider.evolve(state, event);
    if (state) this.claims.set(id, state);
    return { before, after: state, decision, events };
  }
}

type Step = ReturnType<ClaimBook['send']> & { readonly book: ClaimBook; readonly command: ClaimCommand };

/** Plays histories and hands every step to `see`. */
const always = (see: (step: Step) => void): void =>
  fc.assert(
    fc.property(history, (commands) => {
      const book = new ClaimBook();
      for (const command of commands) see({ ...book.send(command), book, command });
    }),
    runs(60),
  );

const openOnes = (claims: Iterable<Claim>): string[] =>
  [...claims]
    .filter(({ status, deletedAt }) => deletedAt === null && (status === 'pending' || status === 'accepted'))
    .map(({ shopSlug, shipmentId: parcel, reason }) => [shopSlug, parcel, reason].join(' '));

describe(`claims (WAYBILL_SEED=${seed})`, () => {
  it('30: are about a fulfilled parcel of the same shop', () =>
    always(({ command, events }) => {
      const created = events.find(({ type }) => type === 'ClaimCreated');
      const parcel = command.type === 'CreateClaim' ? command.parcel : null;
      const isRight = parcel?.shopSlug === command.shopSlug && parcel.status === 'fulfilled';
      expect(created === undefined || isRight).toBe(true);
    }));

  it('31: are open at most once for shop, parcel and reason', () =>
    always(({ book }) => {
      const open = openOnes(book.claims.values());
      expect(open).toEqual([...new Set(open)]);
    }));

  it('31: are open twice if nobody looks at the others', () => {
    const decisions = [1, 2].map(() => decide(null, create()));
    expect(decisions.map(verdict)).toEqual(['ClaimCreated', 'ClaimCreated']);
  });

  it('32: change their status only by the table, and closed ones not at all', () =>
    always(({ before, after, events }) => {
      if (!before || !after || before.status === after.status) return;
      expect(transitions[before.status]).toContain(after.status);
      expect(events).toHaveLength(1);
    }));

  it('32: do not change once closed, but for being deleted', () =>
    always(({ before, after }) => {
      if (before?.status !== 'closed') return;
      const { updatedAt: _, deletedAt: __, ...rest } = before;
      expect(after).toMatchObject(rest);
    }));

  it('33: stay as they are once deleted, and keep nobody away', () =>
    always(({ before, after }) => {
      expect(before?.deletedAt ? after : null).toBe(before?.deletedAt ? before : null);
      expect(after?.deletedAt ? claimAggregate.uniqueKeys(after) : []).toEqual([]);
    }));

  it('emit nothing and change nothing unless accepted', () =>
    always(({ before, after, decision }) => {
      expect(after === before).toBe(decision.outcome !== 'accepted');
    }));

  it('keep what they copied', () =>
    always(({ before, after }) => {
      if (!before) return;
      const { status: _, resolutionPreference: __, updatedAt: ___, deletedAt: ____, ...copied } = before;
      expect(after).toMatchObject(copied);
    }));

  it('change nothing when the same update or deletion follows at once', () =>
    always(({ decision, book, command }) => {
      if (decision.outcome !== 'accepted' || command.type === 'CreateClaim') return;
      expect(book.send(command).decision.outcome).toBe('ignored');
    }));

  it('publish facts that a strict reader takes', () =>
    always(({ after, events }) => {
      for (const event of events) {
        if (!after) throw new Error('an event without a claim');
        const { type, data } = claimAggregate.fact(event, after);
        const contract = contractOf(type);
        if (!contract) throw new Error(`no contract ${type}`);
        expect(validatorOf({ ...contract, kind: 'command' })(data)).toEqual([]);
      }
    }));
});

it('33: deleting frees shop, parcel and reason', () => {
  const book = new ClaimBook();
  const ids = ['1', '2'].map((last) => `8c97700b-8feb-5756-bffa-23811a1fb39${last}`);
  const send = (id: string | undefined) =>
    verdict(book.send(create({ claim_id: id, shipment_id: shipmentId })).decision);
  expect(ids.map(send)).toEqual(['ClaimCreated', 'claim_exists']);
  const [first] = book.claims.values();
  if (!first) throw new Error('the first was created');
  book.send({ type: 'DeleteClaim', shopSlug: first.shopSlug, claimId: first.claimId, at: first.createdAt });
  expect(ids.map(send)).toEqual(['claim_exists', 'ClaimCreated']);
});
