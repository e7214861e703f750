import { after, alive, attach, decide, first, place, progress } from './order.samples.spec-data';

const plain = { tracking_number: '4711' };

describe('record-shipment-progress', () => {
  it('takes over what the shipment says', () => {
    const arrival = { from: null, to: '2026-01-14T18:00:00Z', predicted_at: '2026-01-13T02:10:00Z' };
    const said = progress({
      flag: 'delay',
      had_delay: true,
      estimated_arrival: arrival,
      picked_up_at: '2026-01-12T17:05:00Z',
    });
    const order = alive(place, attach(first), said);
    expect(order.slots[0]).toMatchObject({
      phase: 'in_transit',
      phaseSince: '2026-01-12T17:05:00.000Z',
      flag: 'delay',
      hadDelay: true,
      estimatedArrival: {
        from: null,
        to: '2026-01-14T18:00:00.000Z',
        predictedAt: '2026-01-13T02:10:00.000Z',
      },
      pickedUpAt: '2026-01-12T17:05:00.000Z',
      shipmentSequence: 5,
    });
    expect(order.status).toBe('partially_fulfilled');
  });

  it.each([
    { sequence: 4, phase: 'delivered', outcome: 'stale' },
    { sequence: 5, phase: 'delivered', outcome: 'stale' },
    { sequence: 6, phase: 'in_transit', outcome: 'nothing_changed' },
  ])('after fact 5, fact $sequence with $phase: $outcome', ({ sequence, phase, outcome }) => {
    const order = after(place, attach(first), progress());
    const next = progress({ shipment_sequence: sequence, phase });
    expect(decide(order, next)).toMatchObject({ outcome: 'ignored', reason: outcome });
  });

  it.each([
    { about: 'learned while unknown', tracking: plain, said: 'dpd', taken: [], carrier: 'dpd' },
    { about: 'unknown tells nothing', tracking: plain, said: 'unknown', taken: [], carrier: 'unknown' },
    { about: 'a known one stays', tracking: first, said: 'dpd', taken: [], carrier: 'dhl' },
    {
      about: 'taken by another order',
      tracking: plain,
      said: 'dpd',
      taken: ['tracking/demo-shop/dpd/4711'],
      carrier: 'unknown',
    },
  ])('carrier: $about', ({ tracking, said, taken, carrier }) => {
    const order = after(place, attach(tracking));
    expect(decide(order, progress({ carrier_reference: said }), taken)).toMatchObject({
      events: [{ type: 'OrderUpdated', origin: 'shipment', slots: [{ phase: 'in_transit', carrier }] }],
    });
  });

  it('says nothing when only a carrier would be new and it is taken', () => {
    const order = after(place, attach(plain), progress());
    const learned = progress({ shipment_sequence: 6, carrier_reference: 'dpd' });
    expect(decide(order, learned, ['tracking/demo-shop/dpd/4711'])).toMatchObject({
      reason: 'nothing_changed',
    });
    expect(decide(order, learned)).toMatchObject({ outcome: 'accepted' });
  });

  it('gives a draft no carrier', () => {
    expect(alive(place, progress({ carrier_reference: 'dhl' })).slots[0]).not.toHaveProperty('carrier');
  });
});
