import {
  type Alone,
  canStartPrivateStack,
  type ShipmentsClient,
  startShipments,
  untilSettled,
} from '@waybill/testing';
import { attached, eventNames, factThat, gist, scan, shop } from './parcels.spec-data';

jest.setTimeout(180_000);

const withStack = canStartPrivateStack() ? describe : describe.skip;

interface Read {
  readonly phase: string;
  readonly events: readonly Record<string, unknown>[];
}

withStack('what bad scans get', () => {
  let shipments: Alone<ShipmentsClient>;
  let send: ShipmentsClient;

  beforeAll(async () => {
    shipments = await startShipments();
    send = shipments.client;
  });
  afterAll(() => shipments?.end());

  const read = (id: string): Promise<Read> => shipments.service.get(`/v1/shops/${shop}/shipments/${id}`);

  describe('a scan that is not valid', () => {
    it.each([
      {
        about: 'an unknown carrier',
        data: { carrier_reference: 'pigeon' },
        key: 'carrier_reference_invalid',
        field: 'carrier_reference',
      },
      {
        about: 'the carrier `unknown`',
        data: { carrier_reference: 'unknown' },
        key: 'carrier_reference_invalid',
        field: 'carrier_reference',
      },
      {
        about: 'no number',
        data: { tracking_number: undefined },
        key: 'validation_error',
        field: 'tracking_number',
      },
      {
        about: 'an empty number',
        data: { tracking_number: '  ' },
        key: 'validation_error',
        field: 'tracking_number',
      },
      {
        about: 'a zone that does not exist',
        data: { timezone: 'Mars/Olympus_Mons' },
        key: 'validation_error',
        field: 'timezone',
      },
      {
        about: 'a time without an offset',
        data: { event_time: '2026-06-01T10:00:00' },
        key: 'validation_error',
        field: 'event_time',
      },
      {
        about: 'an event name that is none',
        data: { event_name: 'left the house' },
        key: 'validation_error',
        field: 'event_name',
      },
      {
        about: 'a member that nobody knows',
        data: { driver: 'Kim' },
        key: 'validation_error',
        field: 'driver',
      },
    ])('$about: $key, and a dead letter where nobody asked', async ({ data, key, field }) => {
      const wrong = scan('BAD-1', data);
      const reply = await send.ask(wrong, { key: 'BAD-1' });
      expect(reply).toMatchObject({ outcome: 'refused', key, errors: [{ field }] });

      const at = await send.send(scan('BAD-1', data, { id: wrong.id }), { key: 'BAD-1' });
      const letter = await send.deadLetter(at);
      expect(letter).toMatchObject({ kind: 'refused', key, reasons: [{ field }] });
      expect(String(letter.record.value)).toBe(JSON.stringify(wrong));
    });

    it('none of them was kept for its number, none holds up the next', async () => {
      const id = await attached(shipments, 'bad-1', { tracking_number: 'BAD-1', carrier_reference: 'dhl' });
      expect(gist(await send.ask(scan('BAD-1')))).toBe('accepted');
      expect(await eventNames(shipments, id)).toEqual([
        'CARRIER_PICKED_UP',
        'ORDER_CREATED',
        'ORDER_IN_PROCESSING',
      ]);
    });
  });

  describe('a scan at an odd time', () => {
    const time = '2026-06-01T10:00:00Z';
    const tomorrow = '2026-06-02T10:00:00Z';
    const later = '2026-06-02T10:00:00.001Z';

    it('from the future is refused, one at the limit is not, whether its number is known or not', async () => {
      const id = await attached(shipments, 'time-1', { tracking_number: 'TIME-1', carrier_reference: 'dhl' });
      for (const number of ['TIME-1', 'TIME-2'])
        expect(await send.ask(scan(number, { event_time: later }, { time }))).toMatchObject({
          outcome: 'refused',
          key: 'event_time_in_future',
          errors: [{ field: 'event_time' }],
        });
      expect(await send.ask(scan('TIME-1', { event_time: tomorrow }, { time }))).toMatchObject({
        outcome: 'accepted',
        aggregate_id: id,
      });
      expect(await send.ask(scan('TIME-2', { event_time: tomorrow }, { time }))).toEqual({
        outcome: 'accepted',
        events: [],
        kept: true,
      });
      const other = await attached(shipments, 'time-2', {
        tracking_number: 'TIME-2',
        carrier_reference: 'dhl',
      });
      await factThat(shipments, other, 'shipment-event-recorded', { was_kept: true });
      expect((await read(other)).events.filter(({ origin }) => origin === 'carrier')).toHaveLength(1);
    });

    it('from 1970 is recorded where it belongs: first', async () => {
      const id = await attached(shipments, 'time-3', { tracking_number: 'TIME-3', carrier_reference: 'dhl' });
      const old = scan('TIME-3', {
        event_name: 'SUCCESSFULLY_DELIVERED',
        event_time: '1970-01-01T00:00:00Z',
      });
      expect(gist(await send.ask(scan('TIME-3')))).toBe('accepted');
      expect(gist(await send.ask(old))).toBe('accepted');

      expect(await read(id)).toMatchObject({
        // a later event at any other phase outweighs it
        phase: 'in_transit',
        events: [
          { event_name: 'SUCCESSFULLY_DELIVERED', event_time: '1970-01-01T00:00:00.000Z' },
          {},
          {},
          {},
        ],
      });
    });
  });

  describe('an event name that the catalogue does not have', () => {
    it('is recorded without phase and group, and moves nothing', async () => {
      const id = await attached(shipments, 'name-1', { tracking_number: 'NAME-1', carrier_reference: 'dhl' });
      await send.ask(scan('NAME-1'));
      const strange = scan('NAME-1', { event_name: 'LANDED_BY_DRONE', event_time: '2026-06-01T11:00:00Z' });
      const reply = await send.ask(strange);

      expect(reply.events).toMatchObject([{ type: 'shipments.shipment-event-recorded.v1' }]);
      const parcel = await read(id);
      expect(parcel).toMatchObject({
        phase: 'in_transit',
        phase_since: '2026-06-01T10:00:00.000Z',
        flag: 'normal',
      });
      expect(parcel.events.find(({ event_name }) => event_name === 'LANDED_BY_DRONE')).toMatchObject({
        phase: null,
        event_group: null,
        origin: 'carrier',
      });
    });
  });

  describe('more events than a parcel takes', () => {
    const scans = (number: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        scan(number, {
          external_id: `e-${i}`,
          event_time: `2026-06-01T10:00:00.${String(i).padStart(3, '0')}Z`,
        }),
      );

    it('the 201st is refused, a repeat of the 200th is a duplicate', async () => {
      const id = await attached(shipments, 'many-1', { tracking_number: 'MANY-1', carrier_reference: 'dhl' });
      const all = scans('MANY-1', 201);
      await send.put(all.slice(0, 200).map((one) => ({ key: 'MANY-1', value: JSON.stringify(one) })));
      const [last, repeat] = [all[200] ?? scan(''), all[199] ?? scan('')];

      expect(gist(await send.ask(last))).toBe('event_limit_reached');
      expect(gist(await send.ask({ ...repeat, id: 'again' }))).toBe('duplicate');
      const { events } = await read(id);
      expect(events.filter(({ origin }) => origin === 'carrier')).toHaveLength(200);
      expect(events.some(({ external_id }) => external_id === 'e-200')).toBe(false);
    });

    it('the 201st that is kept for a number is refused, the others follow it', async () => {
      const all = scans('MANY-2', 201);
      await send.put(all.slice(0, 200).map((one) => ({ key: 'MANY-2', value: JSON.stringify(one) })));
      expect(gist(await send.ask(all[200] ?? scan('')))).toBe('event_limit_reached');

      const id = await attached(shipments, 'many-2', { tracking_number: 'MANY-2', carrier_reference: 'dhl' });
      await untilSettled([send]);
      const { events } = await read(id);
      expect(events.filter(({ origin }) => origin === 'carrier')).toHaveLength(200);
    });
  });

  describe('the same external id with another content', () => {
    const first = { external_id: 'x-1', event_name: 'CARRIER_PICKED_UP' };
    const other = { external_id: 'x-1', event_name: 'LOST', event_time: '2026-06-03T10:00:00Z' };

    it('is a duplicate: what was recorded first stays', async () => {
      const id = await attached(shipments, 'same-1', { tracking_number: 'SAME-1', carrier_reference: 'dhl' });
      expect(gist(await send.ask(scan('SAME-1', first)))).toBe('accepted');
      expect(gist(await send.ask(scan('SAME-1', other)))).toBe('duplicate');
      expect(await read(id)).toMatchObject({ phase: 'in_transit', flag: 'normal', events: { length: 3 } });
    });

    it('is a duplicate while the first one is kept, too', async () => {
      expect(await send.ask(scan('SAME-2', first))).toMatchObject({ kept: true });
      expect(gist(await send.ask(scan('SAME-2', other)))).toBe('duplicate');
      const id = await attached(shipments, 'same-2', { tracking_number: 'SAME-2', carrier_reference: 'dhl' });
      await factThat(shipments, id, 'shipment-event-recorded', { was_kept: true });
      expect(await read(id)).toMatchObject({ phase: 'in_transit', flag: 'normal', events: { length: 3 } });
    });
  });

  it('nothing failed on the way', async () => {
    const letters = await send.allDeadLetters();
    expect(letters.filter(({ kind }) => kind !== 'refused')).toEqual([]);
    // what nobody asked about: the eight scans that are not valid
    expect(letters).toHaveLength(8);
  });
});
