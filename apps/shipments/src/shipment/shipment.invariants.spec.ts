import { contractOf, phaseInfo, validatorOf } from '@waybill/contracts';
import * as fc from 'fast-check';
import {
  eventNames,
  history,
  life,
  type Life,
  runs,
  seed,
  sentAt,
  tell,
  telling,
  toldInOrder,
  type Unsent,
} from './shipment.arbitraries.spec-data';
import { type Answer, ShipmentBook } from './shipment.book.spec-data';
import { broken, same, type Snapshot } from './shipment.laws.spec-data';
import { draft, fulfil, scanAt, shipmentId, shown, timeAt } from './shipment.samples.spec-data';
import { shipmentSnapshot } from './shipment.snapshot';

/** Runs a history and hands every answer to `see`, with the shipment as it was before. */
async function replay(
  commands: readonly Unsent[],
  see: (
    answer: Answer,
    before: Snapshot | undefined,
    after: Snapshot | undefined,
    played: { readonly book: ShipmentBook; readonly command: Unsent },
  ) => unknown,
): Promise<void> {
  const book = new ShipmentBook();
  const snapshot = () => {
    const shipment = book.shipment(shipmentId);
    return shipment ? shipmentSnapshot(shipment) : undefined;
  };
  for (const [minute, command] of commands.entries()) {
    const before = snapshot();
    const answer = await book.send(sentAt(command, minute));
    await see(answer, before, snapshot(), { book, command });
  }
}

/** What must not depend on when and how often anything was said. */
function outcomeOf(book: ShipmentBook): object {
  const shipment = book.shipment(shipmentId);
  if (!shipment) throw new Error('it was attached');
  const { created_at: _, updated_at: __, events, ...rest } = shipmentSnapshot(shipment);
  return { ...rest, events: events.map(({ recorded_at: ___, ...event }) => event) };
}

const slotFields = ['carrier_reference', 'tracking_url', 'external_shipment_id', 'products'] as const;
const movingFields = ['phase_since', 'picked_up_at', 'had_delay'] as const;

const shortName = ({ type }: { readonly type: string }) =>
  type.replace('shipments.shipment-', '').replace('.v1', '');

describe(`invariants of shipments (WAYBILL_SEED=${seed})`, () => {
  it('hold in every snapshot and between any two (20, and all that follows from the events)', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        let last: Snapshot | undefined;
        await replay(commands, ({ facts }) => {
          for (const { type, data } of facts) {
            const contract = contractOf(type);
            const issues = contract && validatorOf(contract)(data);
            expect([issues, broken(data.shipment, last)]).toEqual([[], []]);
            last = data.shipment;
          }
        });
      }),
      runs(150),
    ));

  it('any order, any repetition, any delay: the same parcel in the end (21, 22)', () =>
    fc.assert(
      fc.asyncProperty(
        life.chain((parcel) => fc.tuple(fc.constant(parcel), telling(parcel))),
        async ([parcel, way]) => {
          const [straight, crooked] = [await toldInOrder(parcel), await tell(parcel, way)];
          expect(outcomeOf(crooked.book)).toEqual(outcomeOf(straight.book));
          expect(crooked.book.kept.size).toBe(0);
        },
      ),
      runs(300),
    ));

  it('of two events at one time the sink decides; a later one leaves it (23)', () =>
    fc.assert(
      fc.property(eventNames, eventNames, fc.boolean(), (one, other, isTurned) => {
        const phases = [one, other].map((name) => shown(draft, fulfil, scanAt(4, name)).phase);
        const [isSink, isOtherSink] = phases.map((phase) => phaseInfo[phase].isSink);
        fc.pre(isSink === true && isOtherSink === false && phases[1] !== 'order_processed');
        const told = (hour: number) => {
          const scans = [scanAt(4, one), scanAt(hour, other)];
          return shown(draft, fulfil, ...(isTurned ? scans.toReversed() : scans)).phase;
        };
        expect([told(3), told(4), told(5)]).toEqual([phases[0], phases[0], phases[1]]);
      }),
      { ...runs(100), maxSkipsPerRun: 1000 },
    ));

  it('the time at which it was placed holds no scan back (24)', () =>
    fc.assert(
      fc.asyncProperty(life, fc.integer({ min: 0, max: 23 }), async (parcel, hour) => {
        const hasScan = ({ type, data }: Unsent) =>
          type === 'shipments.record-scan.v1' && (data as { event_name: string }).event_name === 'IN_CUSTOMS';
        fc.pre(parcel.reports.some(hasScan));
        const later: Life = { ...parcel, placedAt: timeAt(hour) };
        const [first, second] = [await toldInOrder(parcel), await toldInOrder(later)].map(({ book }) => {
          const shipment = book.shipment(shipmentId);
          return shipment && shipmentSnapshot(shipment);
        });
        expect([first?.phase, first?.phase_since]).toEqual([second?.phase, second?.phase_since]);
      }),
      { ...runs(30), maxSkipsPerRun: 1000 },
    ));

  it('no scan reaches a parcel of another shop, whatever its number (27)', () =>
    fc.assert(
      fc.asyncProperty(life, async (parcel) => {
        const foreign = parcel.reports.map(({ type, data }) => ({
          type,
          data: { ...data, shop_slug: 'other-shop' },
        }));
        const { book } = await toldInOrder({ ...parcel, reports: [] });
        const before = outcomeOf(book);
        for (const [i, one] of foreign.entries()) {
          const { facts } = await book.send(sentAt(one, i));
          expect(facts).toEqual([]);
        }
        expect(outcomeOf(book)).toEqual(before);
      }),
      runs(40),
    ));

  it('phase and flag are told exactly when they differ, each from where it was (28)', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        let at: string[] | undefined;
        const steps: string[][] = [];
        await replay(commands, ({ facts }, _, after) => {
          for (const fact of facts) {
            const { shipment, from, to } = fact.data;
            // the first fact sets both
            const [phase = '', flag = ''] = at ?? [shipment.phase, shipment.flag];
            const kind = shortName(fact);
            if (kind === 'phase-changed') steps.push([from, phase, to, shipment.phase]);
            if (kind === 'flagged') steps.push([from, flag, to, shipment.flag]);
            at = [kind === 'phase-changed' ? to : phase, kind === 'flagged' ? to : flag];
          }
          expect(at).toEqual(after && [after.phase, after.flag]);
        });
        for (const [from, last, to, now] of steps) {
          expect(from).not.toBe(to);
          expect([from, to]).toEqual([last, now]);
        }
      }),
      runs(150),
    ));

  it('the facts of a command come in their order, each kind once', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const places = [
          'drafted',
          'fulfilled',
          'event-recorded',
          'withdrawn',
          'updated',
          'phase-changed',
          'flagged',
        ];
        await replay(commands, ({ reply, facts }) => {
          expect(facts.length > 0).toBe(reply['outcome'] === 'accepted' && !reply['kept']);
          const own = (reply['events'] as { type: string }[] | undefined) ?? [];
          const found = own.map((event) => places.indexOf(shortName(event)));
          expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b));
          expect(found).not.toContain(-1);
        });
      }),
      runs(60),
    ));

  it('fields that changed are named, with their value, and those that move with phase or flag are told by these', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        await replay(commands, ({ reply, facts }, before, after) => {
          const { events = [] } = reply as { events?: unknown[] };
          // what was kept and follows changes more than the command itself
          if (!before || !after || facts.length > events.length) return;
          const fulfilled = facts.some((fact) => shortName(fact) === 'fulfilled');
          const said = facts
            .filter((fact) => shortName(fact) === 'updated')
            .flatMap(({ data }) => data.changed);
          const isTold = facts.some((fact) => ['phase-changed', 'flagged'].includes(shortName(fact)));
          const names: (keyof Snapshot)[] = [
            ...(fulfilled ? [] : slotFields),
            'estimated_arrival',
            'pickup',
            ...(isTold ? [] : movingFields),
          ];
          expect(said).toEqual(names.filter((name) => !same(before[name], after[name])));
          for (const { data } of facts.filter((fact) => shortName(fact) === 'updated')) {
            expect(Object.keys(data.changes)).toEqual(data.changed);
            expect(data.shipment).toMatchObject(data.changes);
          }
        });
      }),
      runs(150),
    ));

  it('an equal command right after changes nothing and says nothing', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        await replay(commands, async ({ reply }, _, __, { book, command }) => {
          if (reply['outcome'] !== 'accepted') return;
          const state = () => JSON.stringify([book.all, [...book.kept]]);
          const before = state();
          expect((await book.send(sentAt(command, 59))).facts).toEqual([]);
          expect(state()).toBe(before);
        });
      }),
      runs(60),
    ));

  it('nothing that is decided touches the state that it was decided on', () =>
    fc.assert(
      fc.asyncProperty(history, async (commands) => {
        const seen: { shipment: object; text: string }[] = [];
        await replay(commands, (_, __, ___, { book }) => {
          for (const shipment of book.all) seen.push({ shipment, text: JSON.stringify(shipment) });
        });
        for (const { shipment, text } of seen) expect(JSON.stringify(shipment)).toBe(text);
      }),
      runs(20),
    ));
});
