import type { MessageContract } from '../message-contract';
import type { Constructor } from '../rules/member-registry';
import * as commands from './claim-commands.dto';
import * as facts from './claim-facts.dto';

const command = (name: string, payload: Constructor, summary: string): MessageContract => ({
  type: `claims.${name}.v1`,
  kind: 'command',
  topic: 'claims.commands',
  payload,
  summary,
});

const fact = (name: string, payload: Constructor, summary: string): MessageContract => ({
  type: `claims.${name}.v1`,
  kind: 'fact',
  topic: 'claims.events',
  payload,
  summary,
});

/** Every message of the claims service. */
export const claimsContracts: readonly MessageContract[] = [
  command('create-claim', commands.CreateClaimDto, 'a customer has an issue with a parcel'),
  command('update-claim', commands.UpdateClaimDto, 'what becomes of a claim'),
  command('delete-claim', commands.DeleteClaimDto, 'removes a claim'),
  fact('claim-created', facts.ClaimCreatedDto, 'a customer has an issue with a parcel'),
  fact('claim-updated', facts.ClaimUpdatedDto, 'status or preference of a claim changed'),
  fact('claim-deleted', facts.ClaimDeletedDto, 'a claim was deleted'),
];
