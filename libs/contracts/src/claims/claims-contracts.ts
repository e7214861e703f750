import type { MessageContract } from '../message-contract';
import type { Constructor } from '../rules/member-registry';
import * as commands from './claim-commands.dto';
import * as facts from './claim-facts.dto';

const command = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({
  type: `claims.${name}.v1` as const,
  kind: 'command' as const,
  topic: 'claims.commands' as const,
  payload,
  summary,
});

const fact = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({
  type: `claims.${name}.v1` as const,
  kind: 'fact' as const,
  topic: 'claims.events' as const,
  payload,
  summary,
});

/** Every message of the claims service. */
export const claimsContracts = [
  command('create-claim', commands.CreateClaimDto, 'a customer has an issue with a parcel'),
  command('update-claim', commands.UpdateClaimDto, 'what becomes of a claim'),
  command('delete-claim', commands.DeleteClaimDto, 'removes a claim'),
  fact('claim-created', facts.ClaimCreatedDto, 'a customer has an issue with a parcel'),
  fact('claim-updated', facts.ClaimUpdatedDto, 'status or preference of a claim changed'),
  fact('claim-deleted', facts.ClaimDeletedDto, 'a claim was deleted'),
] as const satisfies readonly MessageContract[];
