import { busyIn, isAtRest, type Look } from './rest';

const readings = [
  { group: 'orders', topic: 'orders.commands' },
  { group: 'shipments.reactions', topic: 'orders.events' },
];
const look = (ends: Record<string, number>, done: Record<string, number>): Look => ({
  ends: new Map(Object.entries(ends)),
  done: new Map(Object.entries(done)),
});
const ends = { 'orders.commands/0': 5, 'orders.commands/1': 0, 'orders.events/0': 9 };
const done = { 'orders/orders.commands/0': 5, 'shipments.reactions/orders.events/0': 9 };
const still = look(ends, done);

describe('everything is at rest', () => {
  it('when all that was written had been read, and nothing was written since', () =>
    expect(isAtRest(still, still, readings)).toBe(true));

  it.each([
    {
      what: 'a group is behind',
      before: look(ends, { ...done, 'orders/orders.commands/0': 4 }),
      now: still,
    },
    {
      what: 'a group has finished nothing yet',
      before: look(ends, { 'orders/orders.commands/0': 5 }),
      now: still,
    },
    {
      what: 'something was written between the looks',
      before: look({ ...ends, 'orders.events/0': 8 }, done),
      now: still,
    },
    {
      what: 'something was written and read between ends and positions of the first look',
      before: look({ ...ends, 'orders.commands/0': 4 }, done),
      now: still,
    },
  ])('but not when $what', ({ before, now }) => expect(isAtRest(before, now, readings)).toBe(false));

  it('whatever happens in topics that nobody is waited for in', () => {
    const more = look({ ...ends, 'claims.commands/0': 7 }, done);
    expect(isAtRest(still, more, readings)).toBe(true);
  });
});

describe('who keeps a system from its rest', () => {
  it('is told with how far behind it is', () => {
    const busy = look(ends, { 'orders/orders.commands/0': 2 });
    expect(busyIn(busy, readings)).toBe(
      'orders is 3 messages behind in orders.commands, shipments.reactions is 9 messages behind in orders.events',
    );
  });

  it('is whoever goes on sending when nobody is behind', () =>
    expect(busyIn(still, readings)).toBe('messages keep coming'));
});
