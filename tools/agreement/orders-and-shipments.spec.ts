import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { runs, seed } from '../../apps/orders/src/order/order.arbitraries.spec-data';
import { commands, oneNumber } from './both-services.arbitraries.spec-data';
import { reactions, type Sent, TwoServices } from './two-services.spec-data';

/** What goes on next: the next command is produced, or a message that is on its way arrives. */
const choices = fc.array(fc.nat({ max: 999 }), { minLength: 40, maxLength: 400, size: 'max' });

/** Plays commands in any interleaving, until nothing is on its way; `see` looks at every moment. */
async function play(
  world: TwoServices,
  all: readonly Sent[],
  chosen: readonly number[],
  see: (world: TwoServices) => void = () => undefined,
): Promise<TwoServices> {
  const waiting = [...all];
  const next = chosen[Symbol.iterator]();
  while (waiting.length > 0 || !world.isIdle) {
    const choice = next.next().value ?? 0;
    const [command] = choice % 3 === 0 || world.isIdle ? waiting.splice(0, 1) : [];
    if (command) world.send(command);
    else await world.step(choice);
    see(world);
  }
  return world;
}

const shared = [
  'ordinal',
  'status',
  'direction',
  'tracking_number',
  'tracking_placed_at',
  'phase',
  'phase_since',
  'flag',
  'estimated_arrival',
  'picked_up_at',
  'had_delay',
  'tracking_url',
  'external_shipment_id',
  'products',
] as const;

const shown = (one: { readonly [Name in (typeof shared)[number]]?: unknown } | undefined) =>
  Object.fromEntries(shared.map((name) => [name, one?.[name]]));

/** Parcels as their orders show them, and as the shipments do. What an order has no slot for is withdrawn. */
function bothSides({ orders, shipments }: TwoServices): [object, object] {
  const slots = [...orders.values()].flatMap((order) => order.shipments);
  const ids = [...new Set([...slots.map(({ shipment_id }) => shipment_id), ...shipments.keys()])];
  const bySlot = new Map(slots.map((slot) => [slot.shipment_id, slot]));
  const told = ids.map((id) => {
    const slot = bySlot.get(id);
    return [id, slot ? shown(slot) : 'withdrawn'];
  });
  const own = ids.map((id) => {
    const shipment = shipments.get(id);
    return [id, shipment?.status === 'withdrawn' ? 'withdrawn' : shown(shipment)];
  });
  return [Object.fromEntries(told), Object.fromEntries(own)];
}

/** (order, carrier, number) of every shipment that has one. */
const numbers = ({ shipments }: TwoServices): string[] =>
  [...shipments.values()].flatMap(({ orderId, carrier_reference: carrier, tracking_number: number }) =>
    number === null ? [] : [`${orderId} ${carrier} ${number}`],
  );

describe(`orders and shipments (WAYBILL_SEED=${seed})`, () => {
  it('agree on every parcel once both are idle (26)', async () => {
    const phases = new Set<string>();
    await fc.assert(
      fc.asyncProperty(commands, choices, async (all, chosen) => {
        const world = await play(new TwoServices(), all, chosen);
        const [told, own] = bothSides(world);
        expect(told).toEqual(own);
        for (const { phase } of world.shipments.values()) phases.add(phase);
      }),
      runs(150),
    );
    expect(phases.size).toBeGreaterThan(5);
  });

  it('never give a number of one order and one carrier to two shipments (29)', async () => {
    const shapes = new Set<string>();
    const law = (some: typeof commands) =>
      fc.asyncProperty(some, choices, async (all, chosen) => {
        const end = await play(new TwoServices(), all, chosen, (world) => {
          const held = numbers(world);
          expect(held).toEqual([...new Set(held)]);
        });
        shapes.add(
          numbers(end)
            .map((held) => held.split(' ').slice(1).join(' '))
            .join(),
        );
      });
    await fc.assert(law(commands), runs(100));
    await fc.assert(law(oneNumber), runs(600));
    // two carriers may have a parcel of one number each
    expect([...shapes]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(dpd|gls) 4711,(dpd|gls) 4711$/)]),
    );
  });

  it('give one to two when no correction of an order reaches its parcel, which the same check sees', async () => {
    const others = reactions.filter(({ on }) => on !== 'orders.order-updated.v1');
    const law = fc.asyncProperty(oneNumber, choices, async (all, chosen) => {
      const held = numbers(await play(new TwoServices(others), all, chosen));
      return new Set(held).size === held.length;
    });
    const { failed, errorInstance } = await fc.check(law, { ...runs(2000), endOnFailure: true });
    expect([failed, String(errorInstance)]).toEqual([true, expect.stringContaining('returning false')]);
  });

  it.each(reactions.map((reaction, i) => ({ about: `${i + 1}: ${reaction.on}`, reaction })))(
    'disagree without reaction $about, which the same check sees',
    async ({ reaction }) => {
      const others = reactions.filter((other) => other !== reaction);
      const law = fc.asyncProperty(commands, choices, async (all, chosen) => {
        const world = await play(new TwoServices(others), all, chosen);
        return isDeepStrictEqual(...bothSides(world));
      });
      const { failed, errorInstance } = await fc.check(law, { ...runs(2000), endOnFailure: true });
      expect([failed, String(errorInstance)]).toEqual([true, expect.stringContaining('returning false')]);
    },
  );
});
