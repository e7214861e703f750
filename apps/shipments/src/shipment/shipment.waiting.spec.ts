import { isCarrierCommand, type ShipmentCommand } from './shipment.commands';
import { estimateByNumber, scan } from './shipment.samples.spec-data';
import { waitingOf } from './shipment.waiting';

function waiting(command: ShipmentCommand) {
  if (!isCarrierCommand(command)) throw new Error('it would not be kept');
  return waitingOf(command);
}
const scanned = (data: object) =>
  waiting(scan({ event_name: 'weighed', event_time: '2026-01-13T02:00:00Z', ...data }));
const estimated = (data: object) => waiting(estimateByNumber(data));

describe('what is kept', () => {
  it.each([
    {
      about: 'a scan by its id, whatever it says',
      one: scanned({ external_id: 'S-1' }),
      other: scanned({ external_id: ' S-1 ', event_name: 'lost' }),
      same: true,
    },
    {
      about: 'a scan without id by name and time',
      one: scanned({}),
      other: scanned({ external_id: null, event_time: '2026-01-13T03:00:00+01:00' }),
      same: true,
    },
    {
      about: 'a number in another writing',
      one: scanned({}),
      other: scanned({ tracking_number: '0034 0000 0000 0001 0011' }),
      same: true,
    },
    { about: 'another name', one: scanned({}), other: scanned({ event_name: 'lost' }), same: false },
    { about: 'another carrier', one: scanned({}), other: scanned({ carrier_reference: 'dpd' }), same: false },
    { about: 'another shop', one: scanned({}), other: scanned({ shop_slug: 'other-shop' }), same: false },
    {
      about: 'an equal estimate',
      one: estimated({}),
      other: estimated({ to: '2026-01-14T19:00:00+01:00' }),
      same: true,
    },
    {
      about: 'an estimate of another moment',
      one: estimated({}),
      other: estimated({ predicted_at: undefined }),
      same: false,
    },
    {
      about: 'a scan and an estimate',
      one: scanned({ external_id: 'S-1' }),
      other: estimated({}),
      same: false,
    },
  ])('is known: $about: $same', ({ one, other, same }) => {
    expect(one.identity === other.identity).toBe(same);
  });

  it('follows by time, then by the rank of its phase', () => {
    const at = (event_time: string, event_name: string) => scanned({ event_time, event_name });
    const inOrder = [
      at('2026-01-12T23:59:59.999Z', 'SUCCESSFULLY_DELIVERED'),
      at('2026-01-13T00:00:00Z', 'weighed'),
      at('2026-01-13T00:00:00Z', 'IN_CUSTOMS'),
      at('2026-01-13T00:00:00Z', 'SUCCESSFULLY_DELIVERED'),
      at('2026-01-13T01:00:00+00:30', 'LABEL_CREATED'),
    ].map(({ order }) => order);
    expect(inOrder.toSorted()).toEqual(inOrder);
    expect(new Set(inOrder).size).toBe(inOrder.length);
  });
});
