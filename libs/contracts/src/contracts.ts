import { claimsContracts } from './claims/claims-contracts';
import type { MessageContract } from './message-contract';
import { ordersContracts } from './orders/orders-contracts';
import { shipmentsContracts } from './shipments/shipments-contracts';

/** Every message of the platform. */
export const allContracts: readonly MessageContract[] = [
  ...ordersContracts,
  ...shipmentsContracts,
  ...claimsContracts,
];

const byType = new Map(allContracts.map((contract) => [contract.type, contract]));

/** The contract of a full type name such as `orders.upsert-order.v1`. */
export function contractOf(type: string): MessageContract | undefined {
  return byType.get(type);
}
