import {
  type Alone,
  canStartPrivateStack,
  type Reply,
  type ShipmentsClient,
  ShipmentsService,
  startShipments,
  untilSettled,
  waybillCli,
} from '@waybill/testing';
import { mongo } from 'mongoose';
import { attached, eventNames, factThat, scan } from './parcels.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

const isKept: Reply = { outcome: 'accepted', events: [], kept: true };
const env = { WAYBILL_RETRY_DELAYS: '1s,2s', WAYBILL_SWEEP_EVERY: '1s', WAYBILL_OVERDUE_CHECK: 'off' };
const content = {
  external_id: 'b-1',
  event_name: 'CARRIER_PICKED_UP',
  event_time: '2026-06-01T10:00:00.000Z',
  additional_info: { merchant_name: 'Käthe & Söhne' },
};

withStack('a scan that was kept too long, and is sent back by an operator', () => {
  let shipments: Alone<ShipmentsClient>;
  let database: mongo.MongoClient;
  let asking: ReturnType<ShipmentsClient['asking']>;
  let letterId: string;

  beforeAll(async () => {
    shipments = await startShipments({ env: { ...env, WAYBILL_KEEP_SCANS_FOR: '1s' } });
    database = new mongo.MongoClient(shipments.stack.mongoUri);
    asking = shipments.client.asking();
  });
  afterAll(async () => {
    await shipments?.service.kill();
    await database?.close();
    await shipments?.end();
  });

  const kept = () => database.db('shipments').collection('kept').find().toArray();
  const redrive = async () => {
    const run = await waybillCli(
      shipments.stack,
      'dead-letters',
      'redrive',
      letterId,
      '--service',
      'shipments',
    );
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('1 sent') });
  };
  const settled = () => untilSettled([shipments.client]);

  it('lies in the dead letters with its whole message', async () => {
    const { client, service } = shipments;
    const value = JSON.stringify(scan('BACK-1', content), null, 2);
    const headers = { ...asking.headers, 'feed-run': 'run 7' };
    const [at] = await client.put([{ key: 'any key', value, headers }]);
    if (!at) throw new Error('nothing was written');
    expect(await asking.replies()).toEqual([isKept]);

    const letter = await client.deadLetter(at);
    letterId = letter.id;
    expect(letter).toMatchObject({ kind: 'refused', key: 'tracking_number_not_found', n: 0, leftOut: [] });
    expect(String(letter.record.key)).toBe('any key');
    expect(String(letter.record.value)).toBe(value);
    expect(String(letter.record.headers['feed-run'])).toBe('run 7');

    // what is kept from here on is not to end while this test is slow
    await service.stop();
    shipments = { ...shipments, service: await ShipmentsService.start(shipments.stack, env) };
  });

  it('is kept anew, once, although it is sent back twice', async () => {
    await redrive();
    await redrive();
    expect(await asking.replies(3)).toEqual([isKept, isKept, isKept]);
    await settled();

    const [open, ...others] = await kept();
    expect([open?.['origin'], others]).toMatchObject([{ n: 1 }, []]);
    expect(open).not.toHaveProperty('mark');
    expect(await shipments.client.allDeadLetters()).toHaveLength(1);
  });

  it('is recorded once when its number is attached, as it was said; sent back again, it changes nothing', async () => {
    const id = await attached(shipments, 'back-1', { tracking_number: 'BACK-1', carrier_reference: 'dhl' });
    const { data } = await factThat(shipments, id, 'shipment-event-recorded', { was_kept: true });
    expect(data.event).toMatchObject(content);
    await settled();
    expect(await kept()).toEqual([]);
    const facts = await shipments.client.allFacts(id);

    await redrive();
    const last = (await asking.replies(4)).filter((reply) => !reply.kept);
    expect(last).toMatchObject([{ outcome: 'ignored', reason: 'duplicate', aggregate_id: id }]);
    await settled();

    expect(await shipments.client.allFacts(id)).toEqual(facts);
    expect(facts.filter(({ data: { was_kept } }) => was_kept)).toHaveLength(1);
    expect(await eventNames(shipments, id)).toEqual([
      'CARRIER_PICKED_UP',
      'ORDER_CREATED',
      'ORDER_IN_PROCESSING',
    ]);
    expect(await kept()).toEqual([]);
    expect(await shipments.client.allDeadLetters()).toHaveLength(1);
  });
});
