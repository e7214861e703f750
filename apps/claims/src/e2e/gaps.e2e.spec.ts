import { orderId } from '@waybill/contracts';
import {
  type Alone,
  canStartPrivateStack,
  type ClaimsClient,
  partitionOf,
  playedFact,
  type ServiceProcess,
  startClaims,
  untilSettled,
  waybillCli,
} from '@waybill/testing';
import { claimOn, copiesOf, dispatchAll, gist, parcelId, sentOff, shop } from './claims.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

const partitionOfOrder = (number: string) => partitionOf(orderId(shop, number));
const numbers = Array.from({ length: 200 }, (_, i) => String(31_001 + i));
const broken = '31000';
const held = partitionOfOrder(broken);
const sameAs = numbers.filter((number) => partitionOfOrder(number) === held);
const elsewhere = numbers.filter((number) => partitionOfOrder(number) !== held);
const [known = '', hidden = ''] = sameAs;
const [free = '', later = ''] = elsewhere;

withStack('the claims service, of which facts are kept away', () => {
  let running: Alone<ClaimsClient>;
  let service: ServiceProcess;
  beforeAll(async () => {
    running = await startClaims({ env: { KAFKA_SESSION_TIMEOUT_MS: '6000' } });
    service = running.service;
    await dispatchAll(running, [broken, known, free]);
    await untilSettled([running.client]);
  });
  afterAll(() => running?.end());

  const ask = async (number: string, reason: string) =>
    gist(await running.client.ask(claimOn(number, { reason })));

  const alarms = (kind: string) => service.metric('waybill_facts_alarms_total', { kind });

  interface Readiness {
    readonly status: string;
    readonly info: { readonly engine: { readonly status: string; readonly message?: string } };
  }
  const engine = async () => (await service.get<Readiness>('/health/ready')).info.engine;

  it('a fact that is missing holds its partition and is told of; a forged one is skipped', async () => {
    const before = await copiesOf(running.stack);
    const id = parcelId(broken);
    const last = playedFact(sentOff(broken), 'fulfilled');
    const sequence = last.sequence + 1;
    const forged = {
      ...last,
      id: `${id}/forged`,
      type: 'shipments.shipment-updated.v1',
      sequence,
      data: { shipment: { shipment_id: id } },
    };
    const write = (fact: typeof forged) => running.neighbours.write(sentOff(broken), fact);
    await write(forged);
    const offset = await write({ ...forged, sequence: sequence + 1, data: last.data });
    expect(await service.until(({ kind }) => kind === 'gap')).toMatchObject({
      level: 'error',
      topic: 'shipments.events',
      partition: held,
      offset,
      aggregateId: id,
      expected: sequence,
      got: sequence + 1,
      msg: 'facts are missing or unreadable',
    });
    expect([await alarms('unreadable'), await alarms('gap')]).toEqual([1, 1]);
    expect(await copiesOf(running.stack)).toEqual(before);
    expect(await engine()).toEqual({
      status: 'up',
      message: `held: shipments.events/${held} at ${offset}`,
    });
  });

  it('what is behind the gap waits and is refused, all else goes on', async () => {
    await dispatchAll(running, [hidden, later]);
    expect(await ask(hidden, 'damage')).toBe('shipment_not_found');
    expect(await ask(later, 'damage')).toBe('accepted');
    expect(await ask(known, 'damage')).toBe('accepted');
  });

  it('a service that is started meanwhile takes commands as well as it can', async () => {
    await service.kill();
    service = await running.another();
    expect(await ask(free, 'return')).toBe('accepted');
    expect(await ask(known, 'return')).toBe('accepted');
    expect(await ask(hidden, 'return')).toBe('shipment_not_found');
    expect(await alarms('gap')).toBe(1);
    expect(await service.metric('waybill_partitions_held')).toBe(1);
    expect(await engine()).toMatchObject({ status: 'up', message: expect.stringContaining('held: ') });
  });

  it('the copy that the missing fact belongs to can be forgotten, and nothing is held any more', async () => {
    const forget = (id: string) => waybillCli(running.stack, 'copies', 'forget', id);
    expect(await forget(parcelId(broken))).toMatchObject({
      code: 1,
      output: expect.stringContaining('stop the service first'),
    });
    expect(await service.stop()).toBe(0);
    const [noId, unknown] = await Promise.all([forget('31000'), forget(parcelId('30000'))]);
    expect([noId.code, unknown.code]).toEqual([2, 1]);
    expect(unknown.output).toContain('claims know neither');
    expect(await forget(parcelId(broken))).toMatchObject({ code: 0 });
    service = await running.another();
    expect(await ask(hidden, 'support')).toBe('accepted');
    expect(await ask(broken, 'support')).toBe('accepted');
    expect(await alarms('gap')).toBe(0);
    expect(await service.metric('waybill_partitions_held')).toBe(0);
    expect(await engine()).toEqual({ status: 'up' });
  });
});
