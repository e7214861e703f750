import { ClaimFactDto } from './claims/claim-facts.dto';
import { claimsContracts } from './claims/claims-contracts';
import type { MessageContract } from './message-contract';
import { OrderFactDto } from './orders/order-facts.dto';
import { ordersContracts } from './orders/orders-contracts';
import { ShipmentFactDto } from './shipments/shipment-facts.dto';
import { shipmentsContracts } from './shipments/shipments-contracts';

const contracts = [...ordersContracts, ...shipmentsContracts, ...claimsContracts] as const;

/** Every message of the platform. */
export const allContracts: readonly MessageContract[] = contracts;

type Contract = (typeof contracts)[number];
/** Full type names of all facts. */
export type FactType = Extract<Contract, { kind: 'fact' }>['type'];
/** Full type names of all commands. */
export type CommandType = Extract<Contract, { kind: 'command' }>['type'];
/** What a message of this type has as its `data`. */
export type DataOf<Type extends FactType | CommandType> = InstanceType<
  Extract<Contract, { type: Type }>['payload']
>;

/** What every fact of a topic has as its `data`, whatever its type. */
export const factsOfTopic = {
  'orders.events': OrderFactDto,
  'shipments.events': ShipmentFactDto,
  'claims.events': ClaimFactDto,
} as const;

const byType = new Map(allContracts.map((contract) => [contract.type, contract]));

/** The contract of a full type name such as `orders.upsert-order.v1`. */
export function contractOf(type: string): MessageContract | undefined {
  return byType.get(type);
}
