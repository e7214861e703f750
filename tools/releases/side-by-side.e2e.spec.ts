import { setTimeout as pause } from 'node:timers/promises';
import { audit, canStartPrivateStack, ordersEvidence, untilSettled } from '@waybill/testing';
import { orderLoad } from '../../apps/orders/src/survival/order-load.spec-data';
import { Playing } from '../../apps/orders/src/survival/playing.spec-data';
import { newSeed } from '../../apps/orders/src/survival/seed.spec-data';
import { untilAllWork } from '../../apps/orders/src/survival/work.spec-data';
import { nextVersion, todaysVersion } from './next-version';
import { buildRelease, hasPrevious, present, previous, Releases } from './releases.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;
const seed = newSeed();
const withPrevious = hasPrevious() ? describe : describe.skip;
const note = hasPrevious() ? '' : `, skipped because git has no ${previous} here`;

interface Rolled {
  readonly problems: readonly string[];
  readonly atFirst: Readonly<Record<number, number>>;
  readonly inTheEnd: Readonly<Record<number, number>>;
}

withStack(`two releases of a service in one consumer group (seed ${seed})`, () => {
  let releases: Releases;
  beforeEach(async () => {
    releases = await Releases.open();
  });
  afterEach(() => releases?.end());

  /** Under load: the old one, both, the new one; back to both and the old one; both again. What is wrong then, and how many orders lay in each version at first and in the end. */
  async function rolled(older: string | undefined, newer: string | undefined): Promise<Rolled> {
    const { client, stack } = releases;
    const first = await releases.start(older);
    const playing = new Playing(client.kafka, orderLoad(seed, 20_000), { everyMs: 300 });
    await untilAllWork(first);
    const atFirst = await releases.stored();
    const second = await releases.start(newer);
    await untilAllWork(first, second);
    expect(await first.stop()).toBe(0);
    await untilAllWork(second);
    const third = await releases.start(older);
    await untilAllWork(second, third);
    expect(await second.stop()).toBe(0);
    await untilAllWork(third);
    const fourth = await releases.start(newer);
    await untilAllWork(third, fourth);
    playing.enough();
    await playing.done;
    await untilSettled(client);
    // each of them shows all orders, whoever wrote them
    const evidence = [third, fourth].map((service) => ordersEvidence(stack, client, service));
    const problems = (await Promise.all(evidence)).flatMap((one) => audit(playing.sent, one, 'order'));
    return { problems, atFirst, inTheEnd: await releases.stored() };
  }

  withPrevious(`the commit before and the present one${note}`, () => {
    it('roll forward and back under load', async () => {
      const { problems } = await rolled(await buildRelease(previous), present);
      expect(problems).toEqual([]);
    });
  });

  it('a release that has learned to read a version and one that writes it roll forward and back under load', async () => {
    const [learning, writing] = await Promise.all([buildRelease('learning'), buildRelease('writing')]);
    const { problems, atFirst, inTheEnd } = await rolled(learning, writing);
    expect(problems).toEqual([]);
    const [today, next] = [todaysVersion, nextVersion].map(String);
    expect([Object.keys(atFirst), Object.keys(inTheEnd)]).toEqual([[today], expect.arrayContaining([next])]);
  });

  it('a release leaves what it cannot read to a newer one, which then does all of it', async () => {
    const { client, stack } = releases;
    const writing = await buildRelease('writing');
    const newer = await releases.start(writing);
    const playing = new Playing(client.kafka, orderLoad(seed, 900), { everyMs: 100 });
    await playing.share(0.3);
    expect(await newer.stop()).toBe(0);
    const before = await releases.stored();

    const older = await releases.start(present);
    await playing.done;
    const waits = async () => JSON.stringify(await older.get('/health/ready').catch(String));
    while (!(await waits()).includes('deploy a newer release')) await pause(100);
    expect(await older.status('/v1/shops/demo-shop/orders')).toBe(503);
    expect(Object.keys(before)).toEqual([String(nextVersion)]);
    expect(await releases.stored()).toMatchObject(before);
    await older.stop();

    const again = await releases.start(writing);
    await untilSettled(client);
    expect(audit(playing.sent, await ordersEvidence(stack, client, again), 'order')).toEqual([]);
  });
});
