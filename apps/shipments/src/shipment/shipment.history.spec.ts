import {
  after,
  draft,
  fulfil,
  late,
  merchantEvent,
  outcome,
  scan,
  shown,
} from './shipment.samples.spec-data';

describe('a scan that says the same', () => {
  const past = [draft, fulfil, scan({ external_id: 'DE-1' })];

  it.each([
    {
      about: 'the same id, whatever it says',
      wanted: scan({ external_id: 'DE-1', event_name: 'DELAYED' }),
      expected: 'duplicate',
    },
    { about: 'the same without an id', wanted: scan(), expected: 'accepted' },
    {
      about: 'the same time in another zone',
      wanted: scan({ external_id: null, event_time: '2026-01-13T03:10:00+01:00' }),
      expected: 'accepted',
    },
    { about: 'another id', wanted: scan({ external_id: 'DE-2' }), expected: 'accepted' },
    {
      about: 'the same id of the merchant',
      wanted: merchantEvent({ external_id: 'DE-1' }),
      expected: 'accepted',
    },
  ])('$about: $expected', ({ wanted, expected }) => {
    expect(outcome(after(...past), wanted)).toBe(expected);
  });

  it('is known by name and time where it has no id', () => {
    const known = after(draft, fulfil, scan());
    expect(outcome(known, scan({ event_time: '2026-01-13T03:10:00+01:00' }))).toBe('duplicate');
    expect(outcome(known, scan({ event_time: '2026-01-13T02:10:01Z' }))).toBe('accepted');
    expect(outcome(known, scan({ event_name: 'DELAYED' }))).toBe('accepted');
  });

  it('has the id that anyone can compute', () => {
    const { events } = shown(
      draft,
      fulfil,
      scan(
        { event_name: 'SUCCESSFULLY_DELIVERED', event_time: '2026-01-15T11:24:00+01:00' },
        late.replace('14', '15'),
      ),
      scan({ external_id: 'DE-77120045-9' }),
    );
    expect(events.map(({ event_id }) => event_id)).toEqual(
      expect.arrayContaining([
        '1946ee60-ddc6-5b78-b3b9-00eaf0b5e09f',
        '35ae3e9e-c092-5823-81aa-0e311e52a118',
        '9c94a894-a6a8-5072-b401-101d080a5c21',
      ]),
    );
  });
});
