import { orderId } from '@waybill/contracts';
import {
  type Alone,
  canStartPrivateStack,
  claimCommand,
  type ClaimsClient,
  type Reply,
  startClaims,
  untilSettled,
} from '@waybill/testing';
import { claimByNumber, claimOn, dispatchAll, gist, parcelId, shop } from './claims.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('claims on parcels that are told of', () => {
  let running: Alone<ClaimsClient>;
  beforeAll(async () => {
    running = await startClaims();
    await dispatchAll(running, ['20001', '20002', '20003', '20004', '20005', '20006', '20007']);
    await untilSettled([running.client]);
  });
  afterAll(() => running?.end());

  const ask = (sent: Parameters<ClaimsClient['ask']>[0]) => running.client.ask(sent);

  it('of many that claim the same at once, by id and by number, exactly one gets it', async () => {
    const asked = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0 ? claimOn('20002') : claimByNumber('20002'),
    );
    const replies = await Promise.all(asked.map(ask));
    const gists = replies.map(gist).toSorted();
    expect(gists).toEqual(['accepted', ...Array<string>(39).fill('claim_exists')]);
    const open = await running.service.get<object[]>(
      `/v1/shops/${shop}/claims?shipment_id=${parcelId('20002')}`,
    );
    expect(open).toHaveLength(1);
  });

  it('another reason is another claim; a deleted one frees its place and is not found any more', async () => {
    const first = await ask(claimOn('20003'));
    expect(gist(await ask(claimOn('20003', { reason: 'support' })))).toBe('accepted');
    expect(gist(await ask(claimOn('20003')))).toBe('claim_exists');
    const named = { shop_slug: shop, claim_id: first.aggregate_id };
    expect(gist(await ask(claimCommand('delete-claim', named)))).toBe('accepted');
    expect(gist(await ask(claimCommand('delete-claim', named)))).toBe('already_deleted');
    expect(gist(await ask(claimCommand('update-claim', { ...named, status: 'accepted' })))).toBe(
      'claim_not_found',
    );
    expect(gist(await ask(claimOn('20003')))).toBe('accepted');

    const path = `/v1/shops/${shop}/claims`;
    expect(await running.service.status(`${path}/${first.aggregate_id}`)).toBe(404);
    const search = `${path}?order_id=${orderId(shop, '20003')}&reason=damage`;
    expect(await running.service.get(search)).toHaveLength(1);
    expect(await running.service.get(`${search}&include_deleted=true`)).toHaveLength(2);
  });

  it('an id that two orders give their claims at once goes to one of them', async () => {
    const claim_id = 'b1b9a3a4-6f0e-4d26-8f0a-6a4d8e6f2c11';
    const numbers = ['20004', '20005', '20004', '20005'];
    const replies = await Promise.all(
      numbers.map((number, i) => ask(claimOn(number, { claim_id, reason: i < 2 ? 'damage' : 'return' }))),
    );
    expect(replies.map(gist).toSorted()).toEqual([
      'accepted',
      'claim_exists',
      'claim_exists',
      'claim_exists',
    ]);
    expect(await running.client.allFacts(claim_id)).toHaveLength(1);
    const update = { shop_slug: shop, claim_id, status: 'closed' };
    expect(gist(await ask(claimCommand('update-claim', update)))).toBe('accepted');
  });

  it('the same message again is ignored', async () => {
    const sent = claimOn('20006');
    const replies: Reply[] = [await ask(sent), await ask(sent)];
    expect(replies.map(gist)).toEqual(['accepted', 'duplicate']);
    expect(await running.client.allFacts(String(replies[0]?.aggregate_id))).toHaveLength(1);
  });

  it.each([
    ['neither id nor number', { shipment_id: undefined }],
    ['an unknown reason', { reason: 'boredom' }],
    ['an unknown member', { colour: 'red' }],
  ])('%s is refused at once', async (_, data) => {
    expect(gist(await ask(claimOn('20007', data)))).toBe('validation_error');
  });

  it.each(['update-claim', 'delete-claim'])('%s of an unknown claim does not wait', async (type) => {
    const status = type === 'update-claim' ? { status: 'closed' } : {};
    const data = { shop_slug: shop, claim_id: 'c1b9a3a4-6f0e-4d26-8f0a-6a4d8e6f2c11', ...status };
    const sent = claimCommand(type, data);
    expect(gist(await ask(sent))).toBe('claim_not_found');
    const { heard, topics } = running.client;
    const waited = heard.of(topics.retry[0]?.topic ?? '').map(({ value }) => String(value));
    expect(waited.filter((value) => value.includes(sent.id))).toEqual([]);
  });

  it('another shop sees nothing of a claim', async () => {
    const { aggregate_id: claim_id } = await ask(claimOn('20007'));
    const data = { shop_slug: 'other-shop', claim_id, status: 'closed' };
    expect(gist(await ask(claimCommand('update-claim', data)))).toBe('claim_not_found');
    expect(gist(await ask(claimOn('20007', { shop_slug: 'other-shop' })))).toBe('shipment_not_found');
    expect(await running.service.status(`/v1/shops/other-shop/claims/${claim_id}`)).toBe(404);
  });
});
