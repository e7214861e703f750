import { contractOf, validatorOf } from '@waybill/contracts';
import {
  canStartPrivateStack,
  type Command,
  type Reply,
  type RunningEverything,
  staleExamples,
  startEverything,
  untilSettled,
} from '@waybill/testing';
import example from './claim-example.json';

jest.setTimeout(180_000);

const shop = 'demo-shop';

const { before, steps } = example as unknown as {
  readonly before: readonly Command[];
  readonly steps: readonly {
    readonly about: string;
    readonly sent: Command;
    readonly reply: Reply;
    readonly fact: (Command & { readonly sequence: number }) | null;
  }[];
};

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('a claim as the domain tells it (12.9), with orders, shipments and claims running', () => {
  let all: RunningEverything;
  beforeAll(async () => {
    all = await startEverything();
    for (const sent of before) {
      const { client } = sent.type.startsWith('orders.') ? all.orders : all.shipments;
      const reply = await client.ask({ ...sent, specversion: '1.0' });
      if (reply.outcome !== 'accepted') throw new Error(`${sent.id}: ${JSON.stringify(reply)}`);
      await untilSettled([all.orders.client, all.shipments.client]);
    }
    await untilSettled([all.claims.client]);
  });
  afterAll(() => all?.end());

  let snapshot: Record<string, unknown> = {};

  it.each(steps)('$sent.id: $about', async ({ sent, reply, fact }) => {
    const { client } = all.claims;
    expect(await client.ask(sent)).toEqual(reply);
    if (!fact) return;
    const facts = await client.facts(fact.id.slice(0, 36), fact.sequence);
    const found = facts[fact.sequence - 1];
    if (!found) throw new Error(`no fact ${fact.id}`);
    const { aggregateId, data, ...told } = found;
    const { subject, data: shown, ...attributes } = fact;
    expect(aggregateId).toBe(subject);
    expect(told).toMatchObject({ ...attributes, causationId: sent.id });
    const { claim, ...change } = data as Record<string, unknown>;
    const { claim: shownClaim, ...shownChange } = shown;
    expect(change).toMatchObject(shownChange);
    // of later snapshots the example names the members that differ
    const { changes = {} } = shownChange;
    const wanted: object =
      typeof shownClaim === 'string' ? { ...snapshot, ...changes, updated_at: told.time } : shownClaim;
    expect(claim).toEqual(wanted);
    snapshot = wanted as typeof snapshot;
    const contract = contractOf(fact.type);
    expect(contract && validatorOf(contract)(data)).toEqual([]);
  });

  it('reads over HTTP as its last fact says, and the refused one left nothing', async () => {
    const path = `/v1/shops/${shop}/claims`;
    expect(await all.claims.service.get(`${path}/${String(snapshot['claim_id'])}`)).toEqual(snapshot);
    expect(await all.claims.service.get(path)).toEqual([snapshot]);
    expect(await all.claims.client.allDeadLetters()).toEqual([]);
  });

  it('beside the example, it is deleted', async () => {
    const id = String(snapshot['claim_id']);
    const reply = await all.claims.client.ask({
      specversion: '1.0',
      id: 'm-40',
      type: 'claims.delete-claim.v1',
      source: 'portal',
      subject: id,
      time: '2026-01-22T10:00:00Z',
      data: { shop_slug: shop, claim_id: id },
    });
    expect(reply).toMatchObject({ outcome: 'accepted', events: [{ type: 'claims.claim-deleted.v1' }] });
    expect((await all.claims.client.facts(id, 3)).at(-1)).toMatchObject({ sequence: 3, causationId: 'm-40' });
  });

  it('docs/examples shows these messages', async () => {
    expect(await staleExamples(all.claims.client)).toEqual([]);
  });
});
