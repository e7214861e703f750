import type { Reaction } from '@waybill/aggregates';
import type { OrderSnapshotDto, ShipmentSnapshotDto } from '@waybill/contracts';
import { OrderBook } from '../../apps/orders/src/order/order.book.spec-data';
import { whenShipmentProgressesUpdateOrder } from '../../apps/orders/src/reactions/when-shipment-progresses-update-order';
import { orderReactions } from '../../apps/shipments/src/reactions/order-reactions';
import { ShipmentBook } from '../../apps/shipments/src/shipment/shipment.book.spec-data';

/** A command, and the key that keeps it behind others. */
export interface Sent {
  readonly type: string;
  readonly key: string;
  readonly data: object;
}

type Message = Sent & { readonly id: string; readonly source: string; readonly time: string };

interface Fact {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly data: object;
}

type Waiting =
  | { readonly to: 'orders' | 'shipments'; readonly command: Message }
  | { readonly to: 'reactions'; readonly fact: Fact };

/** Everything that one service does when it hears of the other. */
export const reactions: readonly Reaction[] = [...orderReactions, ...whenShipmentProgressesUpdateOrder];

/** What is harmless at any later time, also when the engine does not remember it any more. */
const repeatable = /^(orders\.record-shipment-progress|shipments\.(draft|fulfil|withdraw)-shipment)\.v1$/;

/**
 * The pure parts of orders and shipments, and what is on its way between them. Messages of one key stay in their order,
 * everything else overtakes everything else.
 * What a reaction sends may come once more, at any time.
 */
export class TwoServices {
  /** As the last fact shows them. */
  readonly orders = new Map<string, OrderSnapshotDto>();
  readonly shipments = new Map<string, ShipmentSnapshotDto & { readonly orderId: string }>();
  private readonly orderBook = new OrderBook();
  private readonly shipmentBook = new ShipmentBook();
  private readonly lanes = new Map<string, Waiting[]>();
  private sent = 0;

  constructor(private readonly heard: readonly Reaction[] = reactions) {}

  /** A command of somebody else, one minute after the one before. */
  send({ type, key, data }: Sent): void {
    const time = new Date(Date.UTC(2026, 0, 14, 0, this.sent)).toISOString();
    const id = `m-${this.sent++}`;
    this.sendOn({ type, key, data, id, source: 'somebody', time });
  }

  get isIdle(): boolean {
    return this.lanes.size === 0;
  }

  /** Takes one message: the first one of the lane that `choice` comes to. */
  async step(choice: number): Promise<void> {
    const names = [...this.lanes.keys()];
    const name = names[choice % names.length] ?? '';
    const [first, ...rest] = this.lanes.get(name) ?? [];
    if (rest.length > 0) this.lanes.set(name, rest);
    else this.lanes.delete(name);
    if (!first) return;
    if (choice % 4 === 0 && !name.startsWith('again/')) this.repeat(first);
    await this.take(first);
  }

  private repeat(waiting: Waiting): void {
    if (waiting.to !== 'reactions' && repeatable.test(waiting.command.type))
      this.put(`again/${waiting.command.id}`, waiting);
  }

  private async take(waiting: Waiting): Promise<void> {
    switch (waiting.to) {
      case 'orders':
        for (const { facts } of await this.orderBook.send(waiting.command)) this.tellOfOrder(facts);
        return;
      case 'shipments':
        return this.tellOfShipment((await this.shipmentBook.send(waiting.command)).facts);
      case 'reactions':
        return this.react(waiting.fact);
    }
  }

  private tellOfOrder(facts: readonly (Fact & { readonly data: { order: OrderSnapshotDto } })[]): void {
    for (const fact of facts) {
      const { order } = fact.data;
      this.orders.set(order.uuid, order);
      this.put(`orders.events/${order.uuid}`, { to: 'reactions', fact });
    }
  }

  private tellOfShipment(
    facts: readonly (Fact & { readonly data: { order_id: string; shipment: ShipmentSnapshotDto } })[],
  ): void {
    for (const fact of facts) {
      const { shipment, order_id: orderId } = fact.data;
      this.shipments.set(shipment.shipment_id, Object.assign(shipment, { orderId }));
      this.put(`shipments.events/${orderId}`, { to: 'reactions', fact });
    }
  }

  private react(fact: Fact): void {
    const [aggregateId = ''] = fact.id.split('/');
    const [source = ''] = fact.type.split('.');
    const heard = { ...fact, aggregateId, source, topic: '', partition: 0, offset: 0 };
    for (const { type, target, data } of this.heard
      .filter(({ on }) => on === fact.type)
      .flatMap((reaction) => reaction.react(heard)))
      this.sendOn({
        type,
        key: target.key,
        data,
        id: `${fact.id}/${target.aggregateId}`,
        source,
        time: fact.time,
      });
  }

  private sendOn(command: Message): void {
    const to = command.type.startsWith('orders.') ? 'orders' : 'shipments';
    this.put(`${to}.commands/${command.key}`, { to, command });
  }

  private put(lane: string, waiting: Waiting): void {
    this.lanes.set(lane, [...(this.lanes.get(lane) ?? []), waiting]);
  }
}
