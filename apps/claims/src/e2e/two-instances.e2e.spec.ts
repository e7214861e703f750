import {
  type Alone,
  audit,
  canStartPrivateStack,
  claimCommand,
  type ClaimsClient,
  type Command,
  evidenceOf,
  type SentCommand,
  type ServiceProcess,
  startClaims,
  untilSettled,
} from '@waybill/testing';
import * as fc from 'fast-check';
import { claimByNumber, claimOn, dispatchAll, gist, parcelId, shop } from './claims.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

const numbers = Array.from({ length: 24 }, (_, i) => String(32_001 + i));
const idOfClaim = (i: number) => `b1b9a3a4-6f0e-4d26-8f0a-${String(i).padStart(12, '0')}`;

const seed = Number(process.env['WAYBILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

withStack(`two claims services at once (WAYBILL_SEED=${seed})`, () => {
  let running: Alone<ClaimsClient>;
  let first: ServiceProcess;
  let second: ServiceProcess;
  const sent: SentCommand[] = [];

  beforeAll(async () => {
    running = await startClaims({ env: { KAFKA_SESSION_TIMEOUT_MS: '6000' } });
    first = running.service;
    second = await running.another();
    await dispatchAll(running, numbers);
    await untilSettled([running.client]);
  });
  afterAll(() => running?.end());

  /** Sends them one by one, so that others come in between, and answers what was said of each. */
  async function tell(commands: readonly Command[]): Promise<() => Promise<string[]>> {
    const { client } = running;
    for (const command of commands) {
      const headers = { kafka_correlationId: command.id, kafka_replyTopic: client.topics.reply };
      await client.send(command, { headers });
      sent.push({ id: command.id, asks: true, copies: 1 });
    }
    return async () => {
      const replies = await Promise.all(commands.map(({ id }) => client.replies(id)));
      return replies.map(([reply]) => (reply ? gist(reply) : 'nothing'));
    };
  }

  const workOf = (service: ServiceProcess) => service.metric('waybill_command_outcomes_total');
  const oneOfEach = (total: number) => [
    ...Array<string>(numbers.length).fill('accepted'),
    ...Array<string>(total - numbers.length).fill('claim_exists'),
  ];

  it('of racing creations, by id, by number and with ids of their own, each parcel gets one', async () => {
    const creations = numbers.flatMap((number, i) => [
      claimOn(number),
      claimByNumber(number),
      claimOn(number, { claim_id: idOfClaim(i) }),
      // the same id for the next order, too
      claimOn(numbers[i + 1] ?? number, { claim_id: idOfClaim(i) }),
    ]);
    const replies = await tell(creations);
    const gists = (await replies()).toSorted();
    expect(gists).toEqual(oneOfEach(creations.length));
    for (const service of [first, second]) expect(await workOf(service)).toBeGreaterThan(0);
  });

  it('one ends in good order, one dies in the middle: every command is answered', async () => {
    const rush = (reason: string) =>
      numbers.flatMap((number) => [claimOn(number, { reason }), claimByNumber(number, { reason })]);
    const before = await workOf(first);
    const [halfway, end] = [rush('return'), rush('support')];
    const toHalfway = await tell(halfway);
    expect(await second.stop()).toBe(0);
    const toEnd = await tell(end);
    expect((await toHalfway()).toSorted()).toEqual(oneOfEach(halfway.length));
    expect(await workOf(first)).toBeGreaterThan(before);
    second = await running.another();
    const last = await tell(rush('investigation'));
    await first.kill();
    expect((await toEnd()).toSorted()).toEqual(oneOfEach(end.length));
    expect((await last()).toSorted()).toEqual(oneOfEach(end.length));
  });

  it('what one has created, the other changes', async () => {
    first = await running.another();
    const claims = await second.get<{ claim_id: string }[]>(
      `/v1/shops/${shop}/claims?reason=investigation&per_page=100`,
    );
    expect(claims).toHaveLength(numbers.length);
    const named = claims.map(({ claim_id }) => ({ shop_slug: shop, claim_id }));
    const replies = await tell(
      named.flatMap((data) => [
        claimCommand('update-claim', { ...data, status: 'accepted' }),
        claimCommand('update-claim', { ...data, status: 'rejected' }),
      ]),
    );
    const gists = (await replies()).toSorted();
    // whichever comes first; pending leads to both, and neither to the other
    expect(gists).toEqual([
      ...Array<string>(numbers.length).fill('accepted'),
      ...Array<string>(numbers.length).fill('claim_transition_invalid'),
    ]);
  });

  it('of creations and settlements in any order, under ids that are fought for, no two stay open', async () => {
    const [here = '', there = ''] = numbers;
    const steps = fc.sample(
      fc.record({
        id: fc.integer({ min: 100, max: 103 }).map(idOfClaim),
        what: fc.constantFrom('by id', 'by number', 'made id', 'rejected', 'closed'),
        number: fc.constantFrom(here, there),
      }),
      { numRuns: 150, seed },
    );
    const reason = 'partial_damage';
    const commandOf = ({ id, what, number }: (typeof steps)[number]): Command => {
      switch (what) {
        case 'by id':
          return claimOn(number, { claim_id: id, reason });
        case 'by number':
          return claimByNumber(number, { claim_id: id, reason });
        case 'made id':
          return claimOn(number, { reason });
        default:
          return claimCommand('update-claim', { shop_slug: shop, claim_id: id, status: what });
      }
    };
    const replies = await tell(steps.map(commandOf));
    const allowed = [
      'accepted',
      'claim_exists',
      'claim_not_found',
      'claim_transition_invalid',
      'nothing_changed',
    ];
    expect(allowed).toEqual(expect.arrayContaining([...new Set(await replies())]));
    for (const number of [here, there]) {
      const path = `/v1/shops/${shop}/claims?shipment_id=${parcelId(number)}&reason=${reason}&per_page=100`;
      const claims = await second.get<{ status: string }[]>(path);
      expect(claims.length).toBeGreaterThan(0);
      expect(claims.filter(({ status }) => status === 'pending').length).toBeLessThan(2);
    }
  });

  it('nothing is lost, nothing doubled, and each parcel has one open claim of a reason', async () => {
    await untilSettled([running.client]);
    const evidence = await evidenceOf(running.stack, running.client, second);
    expect(audit(sent, evidence, 'claim')).toEqual([]);
    expect(evidence.deadLetters).toEqual([]);
    for (const number of numbers) {
      const path = `/v1/shops/${shop}/claims?shipment_id=${parcelId(number)}&per_page=100`;
      const claims = await second.get<{ reason: string }[]>(path);
      const reasons = claims.map(({ reason }) => reason).filter((reason) => reason !== 'partial_damage');
      expect(reasons.toSorted()).toEqual(['damage', 'investigation', 'return', 'support']);
    }
  });
});
