import type { AnalyticsMap } from '@waybill/contracts';
import { changedFields, isSameMap, showsAnother } from './order.difference';
import { sentOr } from './order.details';
import type { OrderEvent, OrderPlaced } from './order.events';
import { evolve, live } from './order.evolve';
import {
  appendedSlot,
  countSlots,
  filledSlot,
  isDraft,
  nextReference,
  slotsForExpected,
} from './order.slots';
import type { LiveOrder, OrderDetails, Slot } from './order.state';
import { type FreshTracking, goesForward } from './order.trackings';

/**
 * The facts of one command on their way: each is decided on the order that the ones before it left, and says nothing when there
 * is nothing to say.
 */
export class Course {
  private readonly recorded: OrderEvent[] = [];

  private constructor(
    private current: LiveOrder,
    private readonly previousStatus: LiveOrder['status'] | null,
    private readonly at: string,
  ) {}

  static from(order: LiveOrder, at: string): Course {
    return new Course(order, order.status, at);
  }

  static placing(event: OrderPlaced): Course {
    const course = new Course(live(evolve(null, event)), null, event.at);
    course.recorded.push(event);
    return course;
  }

  get order(): LiveOrder {
    return this.current;
  }

  get events(): readonly OrderEvent[] {
    return this.recorded;
  }

  /** `slots` are all slots of the order, as they are from now on. */
  update(origin: 'caller' | 'shipment', details: OrderDetails, slots: readonly Slot[]): void {
    const { details: before, slots: slotsBefore } = this.current;
    const old = new Map(slotsBefore.map((slot) => [slot.ordinal, slot]));
    const replaced = slots.filter((slot) => old.get(slot.ordinal) !== slot);
    const changedSlots = replaced.filter((slot) => {
      const earlier = old.get(slot.ordinal);
      return (
        earlier &&
        showsAnother({ slot: earlier, currency: before.currency }, { slot, currency: details.currency })
      );
    });
    const changed = changedFields(before, details);
    if (changed.length === 0 && changedSlots.length === 0) return;
    this.record({
      type: 'OrderUpdated',
      at: this.at,
      origin,
      changed,
      details,
      slots: replaced,
      changedSlots: changedSlots.map(({ ordinal }) => ordinal),
    });
  }

  attribute(analytics: AnalyticsMap): void {
    const previousAnalytics = this.current.analytics;
    if (isSameMap(analytics, previousAnalytics)) return;
    this.record({ type: 'OrderAttributed', at: this.at, analytics, previousAnalytics });
  }

  expect(expected: number): void {
    const from = this.current.expectedShipments;
    if (expected === from) return;
    const slots = slotsForExpected(this.current, expected);
    this.record({ type: 'OrderShipmentsExpectedChanged', at: this.at, from, to: expected, ...slots });
  }

  dispatch(tracking: FreshTracking): void {
    const { slots, orderId, greatestOrdinal } = this.current;
    const { attachment, products } = tracking;
    const taken = goesForward(tracking) ? slots.find(isDraft) : undefined;
    const slot = taken
      ? filledSlot(taken, attachment, sentOr(products, taken.products))
      : appendedSlot(nextReference(orderId, greatestOrdinal), attachment, products ?? null);
    this.record({ type: 'OrderShipmentDispatched', at: this.at, slot, appended: !taken });
  }

  /** Says which status the whole command led to. */
  announceStatus(): void {
    const { status, slots } = this.current;
    if (status === this.previousStatus || status === 'placed') return;
    const { fulfilled, drafts } = countSlots(slots);
    this.record({
      type: status === 'fulfilled' ? 'OrderFulfilled' : 'OrderPartiallyFulfilled',
      at: this.at,
      previousStatus: this.previousStatus,
      fulfilledShipments: fulfilled,
      draftShipments: drafts,
    });
  }

  private record(event: OrderEvent): void {
    this.current = live(evolve(this.current, event));
    this.recorded.push(event);
  }
}
