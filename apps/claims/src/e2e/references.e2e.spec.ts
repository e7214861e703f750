import {
  type Alone,
  canStartPrivateStack,
  type ClaimsClient,
  type Command,
  type PlayedParcel,
  type Reply,
  startClaims,
  untilSettled,
} from '@waybill/testing';
import { claimByNumber, claimOn, dispatchAll, gist, parcelId, sentOff, shop } from './claims.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('what claims say of their parcels, whose neighbours are played', () => {
  let running: Alone<ClaimsClient>;
  beforeAll(async () => {
    running = await startClaims();
    await dispatchAll(running, ['20001']);
    await untilSettled([running.client]);
  });
  afterAll(() => running?.end());

  const ask = (sent: Command) => running.client.ask(sent);

  /** What has waited in the retry topics, delay by delay. */
  const waits = ({ id }: Command): number[] => {
    const { heard, topics } = running.client;
    return topics.retry.map(
      ({ topic }) => heard.of(topic).filter(({ value }) => String(value).includes(id)).length,
    );
  };

  /** Sends a claim and waits until it waits. */
  async function waiting(sent: Command): Promise<() => Promise<Reply[]>> {
    const { client } = running;
    const asking = client.asking();
    await client.send(sent, { headers: asking.headers });
    await client.heard.until('the claim in a retry topic', () => waits(sent)[0] || undefined);
    return () => asking.replies();
  }

  it.each([
    { how: 'id', claim: claimOn, number: '20100' },
    { how: 'number', claim: claimByNumber, number: '20101' },
  ])('a claim that names by its $how a parcel that is not known yet waits for it', async (row) => {
    const replies = await waiting(row.claim(row.number));
    await running.neighbours.dispatch(sentOff(row.number));
    expect(await replies()).toMatchObject([{ outcome: 'accepted', sequence: 1 }]);
  });

  it.each([
    { how: 'id', sent: claimOn('20999') },
    { how: 'number', sent: claimByNumber('20999') },
  ])('a parcel that never comes, named by its $how, is refused after the delays', async ({ sent }) => {
    expect(gist(await ask(sent))).toBe('shipment_not_found');
    expect(waits(sent)).toEqual([1, 1]);
  });

  it('a parcel without a number, and a number that is not its own, are refused', async () => {
    await running.neighbours.tell(sentOff('20200'), ['placed', 'drafted']);
    await untilSettled([running.client]);
    expect(gist(await ask(claimOn('20200')))).toBe('shipment_not_fulfilled');
    expect(gist(await ask(claimOn('20001', { tracking_number: 'ANOTHER' })))).toBe(
      'shipment_reference_mismatch',
    );
  });

  it.each([
    { how: 'id', claim: claimOn, number: '20300' },
    { how: 'number', claim: claimByNumber, number: '20301' },
  ])('a parcel named by its $how, whose order is not known, waits for the order', async (row) => {
    await running.neighbours.tell(sentOff(row.number), ['drafted', 'fulfilled']);
    await untilSettled([running.client]);
    const sent = row.claim(row.number);
    expect(gist(await ask(sent))).toBe('order_not_found');
    expect(waits(sent)).toEqual([1, 1]);

    const replies = await waiting(row.claim(row.number));
    await running.neighbours.tell(sentOff(row.number), ['placed', 'dispatched']);
    expect((await replies()).map(gist)).toEqual(['accepted']);
  });

  describe('a number that stands on several parcels', () => {
    const number = { tracking_number: 'TWICE' };
    const at = (order: string, tracking_placed_at: string, carrier_reference: string) =>
      sentOff(order, { ...number, carrier_reference, tracking_placed_at });
    beforeAll(() =>
      dispatch([
        at('20401', '2026-01-13T08:00:00.000Z', 'dhl'),
        at('20402', '2026-01-14T08:00:00.000Z', 'ups'),
        at('20403', '2026-01-12T08:00:00.000Z', 'gls'),
        { ...at('20400', '2026-01-20T08:00:00.000Z', 'dhl'), shop: 'other-shop' },
      ]),
    );

    async function dispatch(parcels: readonly PlayedParcel[]): Promise<void> {
      for (const parcel of parcels) await running.neighbours.dispatch(parcel);
      await untilSettled([running.client]);
    }

    /** Which order's parcel was meant, or why none was. */
    async function meant(data: object): Promise<string> {
      const reply = await ask(claimByNumber('', { ...number, ...data }));
      if (reply.outcome !== 'accepted') return gist(reply);
      const path = `/v1/shops/${shop}/claims/${reply.aggregate_id}`;
      const claim = await running.service.get<{ order_number: string; shipment_id: string }>(path);
      expect(claim.shipment_id).toBe(parcelId(claim.order_number));
      return claim.order_number;
    }

    it('means the one dispatched last, of this shop', async () => {
      expect(await meant({ reason: 'damage' })).toBe('20402');
      // it is full, and no other one takes its place
      expect(await meant({ reason: 'damage' })).toBe('claim_exists');
      expect(await meant({ reason: 'return', carrier_reference: 'unknown' })).toBe('20402');
    });

    it('means the one of the carrier that is named', async () => {
      expect(await meant({ reason: 'support', carrier_reference: 'dhl' })).toBe('20401');
      expect(await meant({ reason: 'support', carrier_reference: 'gls' })).toBe('20403');
      expect(await meant({ reason: 'support', carrier_reference: 'dpd' })).toBe('shipment_not_found');
    });

    it('does not matter where the parcel is named by its id, too', async () => {
      const of = (order: string) => meant({ shipment_id: parcelId(order), reason: 'investigation' });
      expect(await of('20403')).toBe('20403');
      expect(await of('20401')).toBe('20401');
    });

    it('means of two dispatched at once the one with the greater id', async () => {
      const twins = ['20404', '20405'];
      const same = { tracking_number: 'TWINS' };
      await dispatch(
        twins.map((order, i) => ({
          ...at(order, '2026-01-15T08:00:00.000Z', ['dhl', 'ups'][i] ?? ''),
          ...same,
        })),
      );
      const [greater] = twins.toSorted((a, b) => (parcelId(a) < parcelId(b) ? 1 : -1));
      expect(await meant({ ...same, reason: 'damage' })).toBe(greater);
    });
  });
});
