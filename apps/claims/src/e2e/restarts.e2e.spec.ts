import { orderId, shipmentId } from '@waybill/contracts';
import {
  type Alone,
  canStartPrivateStack,
  type ClaimsClient,
  type Command,
  type ServiceProcess,
  startClaims,
  untilSettled,
  waybillCli,
} from '@waybill/testing';
import { claimByNumber, claimOn, copiesOf, dispatchAll, gist, shop } from './claims.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

const numbers = Array.from({ length: 30 }, (_, i) => String(30_001 + i));

withStack('the claims service, killed, stopped, and made to forget', () => {
  let running: Alone<ClaimsClient>;
  let service: ServiceProcess;
  beforeAll(async () => {
    running = await startClaims({ env: { KAFKA_SESSION_TIMEOUT_MS: '6000' } });
    service = running.service;
    await dispatchAll(running, numbers);
    await untilSettled([running.client]);
  });
  afterAll(() => running?.end());

  it('killed in the middle of a rush, it leaves one open claim for each parcel, told once', async () => {
    const { client } = running;
    const rush: Command[] = numbers.flatMap((number) => [
      claimOn(number),
      claimByNumber(number),
      claimOn(number),
    ]);
    for (const sent of rush) await client.send(sent);
    await client.heard.until('the first facts', () => client.heard.of(client.topics.events).at(3));
    await service.kill();
    service = await running.another();
    await untilSettled([client]);

    for (const number of numbers) {
      const id = orderId(shop, number);
      const open = await service.get<{ claim_id: string; shipment_id: string }[]>(
        `/v1/shops/${shop}/claims?order_id=${id}`,
      );
      expect(open.map((claim) => claim.shipment_id)).toEqual([shipmentId(id, 1)]);
      const facts = await client.allFacts(String(open[0]?.claim_id));
      expect(new Set(facts.map((fact) => fact.id)).size).toBe(1);
    }
    const refused = (await client.allDeadLetters()).map(({ key }) => key);
    expect(new Set(refused)).toEqual(new Set(['claim_exists']));
  });

  it('copies are not thrown away under a running service', async () => {
    const { code, output } = await waybillCli(running.stack, 'copies', 'rebuild');
    expect([code, output]).toEqual([1, expect.stringContaining('stop the service first')]);
    expect((await copiesOf(running.stack)).map((kept) => kept.length)).toEqual([
      numbers.length,
      numbers.length,
    ]);
  });

  it('copies that are made anew are the same, and so are the answers', async () => {
    const before = await copiesOf(running.stack);
    expect(await service.stop()).toBe(0);
    expect((await waybillCli(running.stack, 'copies', 'rebuild')).code).toBe(0);
    expect(await copiesOf(running.stack)).toEqual([[], []]);

    // sent while nothing is known: it is judged once everything is
    const [first = ''] = numbers;
    const { client } = running;
    const [again, other] = [client.asking(), client.asking()];
    await client.send(claimOn(first), { headers: again.headers });
    await client.send(claimByNumber(first, { reason: 'support' }), { headers: other.headers });
    service = await running.another();
    expect((await again.replies()).map(gist)).toEqual(['claim_exists']);
    expect((await other.replies()).map(gist)).toEqual(['accepted']);
    await untilSettled([client]);
    expect(await copiesOf(running.stack)).toEqual(before);
    expect(client.heard.of(client.topics.retry[0]?.topic ?? '')).toEqual([]);
  });
});
