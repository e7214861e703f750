import { evolve } from './shipment.evolve';
import {
  type Details,
  type ShipmentDrafted,
  type ShipmentEvent,
  type ShipmentFulfilled,
  type UpdatedField,
  updatedFields,
} from './shipment.events';
import { systemEvent, type SystemEventName } from './shipment.history';
import { type Standing, standingOf } from './shipment.standing';
import type { Shipment } from './shipment.state';

/** The facts of one command on their way, and at its end the facts that say what followed from them. */
export class Course {
  private readonly recorded: ShipmentEvent[] = [];

  private constructor(
    private current: Shipment,
    private readonly before: Standing,
    private readonly at: string,
  ) {}

  static from(shipment: Shipment, at: string): Course {
    return new Course(shipment, standingOf(shipment), at);
  }

  /** The first fact of a shipment sets the phase: nothing has changed by it. */
  static beginning(event: ShipmentDrafted | ShipmentFulfilled): Course {
    const course = Course.from(evolve(null, event), event.at);
    course.recorded.push(event);
    return course;
  }

  get events(): readonly ShipmentEvent[] {
    return this.recorded;
  }

  record(event: ShipmentEvent): this {
    this.current = evolve(this.current, event);
    this.recorded.push(event);
    return this;
  }

  /** Records one of the order's own steps. */
  system(name: SystemEventName, time: string): this {
    const { at, current } = this;
    const event = systemEvent(current, name, time, at);
    return this.record({ type: 'ShipmentEventRecorded', at, event, wasKept: false });
  }

  /** Says what is new after the command: fields, `details` among them, then phase and flag, each at most once. */
  settle(details: Details = {}): this {
    const { at, before } = this;
    const next = evolve(this.current, { type: 'ShipmentUpdated', at, changed: [], details });
    const after = standingOf(next);
    const changed = changedFields(this.current, next, before, after);
    if (changed.length > 0) this.record({ type: 'ShipmentUpdated', at, changed, details });
    if (after.phase !== before.phase)
      this.record({
        type: 'ShipmentPhaseChanged',
        at,
        from: before.phase,
        to: after.phase,
        since: after.phaseSince,
        eventId: after.phaseEventId,
      });
    if (after.flag !== before.flag)
      this.record({
        type: 'ShipmentFlagged',
        at,
        from: before.flag,
        to: after.flag,
        eventId: after.flagEventId,
        asOf: after.flagAsOf,
      });
    return this;
  }
}

/** Times and marks that move together with phase or flag are told by their facts. */
function changedFields(
  current: Shipment,
  next: Shipment,
  before: Standing,
  after: Standing,
): readonly UpdatedField[] {
  const isQuiet = after.phase === before.phase && after.flag === before.flag;
  const [old, now] = [attached(current), attached(next)];
  const isNew: Readonly<Record<UpdatedField, boolean>> = {
    carrier_reference: now?.carrier !== old?.carrier,
    tracking_url: now?.trackingUrl !== old?.trackingUrl,
    external_shipment_id: now?.externalShipmentId !== old?.externalShipmentId,
    products: !isSame(current.products, next.products),
    estimated_arrival: !isSame(before.estimatedArrival, after.estimatedArrival),
    pickup: !isSame(before.pickup, after.pickup),
    phase_since: isQuiet && after.phaseSince !== before.phaseSince,
    picked_up_at: isQuiet && after.pickedUpAt !== before.pickedUpAt,
    had_delay: isQuiet && after.hadDelay !== before.hadDelay,
  };
  return updatedFields.filter((field) => isNew[field]);
}

const attached = (shipment: Shipment) => (shipment.status === 'fulfilled' ? shipment : undefined);

// both sides are built member by member in one order, so equal text is equal content
export const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
