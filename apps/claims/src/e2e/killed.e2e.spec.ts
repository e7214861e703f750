import type { Failpoint } from '@waybill/aggregates';
import {
  type Alone,
  audit,
  canStartPrivateStack,
  type ClaimsClient,
  ClaimsService,
  type Command,
  evidenceOf,
  type SentCommand,
  startClaims,
  untilSettled,
} from '@waybill/testing';
import { claimByNumber, claimOn, dispatchAll, parcelId, sentOff, shop } from './claims.spec-data';

jest.setTimeout(300_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

/** Where a claims service dies, one process after the other. */
const places: readonly Failpoint[] = [
  'after-hand-on',
  'before-write',
  'between-documents',
  'after-write',
  'before-reply',
  'after-publish',
  'before-commit',
  'after-retry',
];

const retryDelays = ['1s', '10s'];
const env = { KAFKA_SESSION_TIMEOUT_MS: '6000' };

const parcelsOf = (place: number) => Array.from({ length: 4 }, (_, i) => String(34_001 + place * 10 + i));
/** A parcel that is sent off only when its claims wait for it. */
const lateOf = (place: number) => String(34_009 + place * 10);
const idOf = (place: number) => `b1b9a3a4-6f0e-4d26-8f0a-${String(place).padStart(12, '0')}`;

withStack('the claims service, killed between any two of its steps', () => {
  let running: Alone<ClaimsClient>;
  const sent: SentCommand[] = [];
  beforeAll(async () => {
    running = await startClaims({ retryDelays, env });
    await dispatchAll(
      running,
      places.flatMap((_, i) => parcelsOf(i)),
    );
    await untilSettled([running.client]);
    await running.service.stop();
  });
  afterAll(() => running?.end());

  async function tell(commands: readonly Command[]): Promise<void> {
    const { client } = running;
    for (const command of commands) {
      const headers = { kafka_correlationId: command.id, kafka_replyTopic: client.topics.reply };
      await client.send(command, { headers });
      sent.push({ id: command.id, asks: true, copies: 1 });
    }
  }

  /** Until all of them are in the first retry topic. */
  function waits(commands: readonly Command[]): Promise<true> {
    const { heard, topics } = running.client;
    const waiting = () => heard.of(topics.retry[0]?.topic ?? '').map(({ value }) => String(value));
    return heard.until('the claims in a retry topic', () =>
      commands.every(({ id }) => waiting().some((value) => value.includes(id))) ? true : undefined,
    );
  }

  it.each(places.map((place, i) => ({ place, i })))('dies $place', async ({ place, i }) => {
    const parcels = parcelsOf(i);
    const late = lateOf(i);
    const waiting = [claimOn(late), claimByNumber(late)];
    await tell([
      ...parcels.flatMap((number) => [claimOn(number), claimByNumber(number)]),
      // one id for the claims of two orders
      ...parcels.slice(0, 2).map((number) => claimOn(number, { claim_id: idOf(i), reason: 'return' })),
      ...waiting,
    ]);
    const service = ClaimsService.spawn(running.stack, {
      ...env,
      WAYBILL_RETRY_DELAYS: retryDelays.join(),
      WAYBILL_FAILPOINT: `${place}:1`,
    });
    await Promise.race([service.ended, waits(waiting)]);
    await running.neighbours.dispatch(sentOff(late));
    expect(await service.ended).toBe('SIGKILL');
    expect(service.lines.map(({ msg }) => msg)).toContain(`failpoint ${place}`);
  });

  it('in the end nothing is lost, nothing doubled, and nobody was given what was taken', async () => {
    const service = await running.another();
    await untilSettled([running.client]);
    const evidence = await evidenceOf(running.stack, running.client, service);
    expect(audit(sent, evidence, 'claim')).toEqual([]);
    expect(evidence.deadLetters).toEqual([]);
    const claimed = async (number: string, reason: string) =>
      service.get<object[]>(`/v1/shops/${shop}/claims?shipment_id=${parcelId(number)}&reason=${reason}`);
    for (const [i] of places.entries()) {
      const numbers = [...parcelsOf(i), lateOf(i)];
      const damaged = await Promise.all(numbers.map((number) => claimed(number, 'damage')));
      expect(damaged.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
      const [one, other] = await Promise.all(numbers.slice(0, 2).map((number) => claimed(number, 'return')));
      expect([...(one ?? []), ...(other ?? [])]).toMatchObject([{ claim_id: idOf(i) }]);
    }
  });
});
