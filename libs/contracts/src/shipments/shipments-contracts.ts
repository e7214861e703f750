import type { MessageContract } from '../message-contract';
import type { Constructor } from '../rules/member-registry';
import * as commands from './shipment-commands.dto';
import * as facts from './shipment-facts.dto';

const command = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({
  type: `shipments.${name}.v1` as const,
  kind: 'command' as const,
  topic: 'shipments.commands' as const,
  payload,
  summary,
});

const internal = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({ ...command(name, payload, summary), internal: true });

const fact = <Name extends string, Data extends object>(
  name: Name,
  payload: Constructor<Data>,
  summary: string,
) => ({
  type: `shipments.${name}.v1` as const,
  kind: 'fact' as const,
  topic: 'shipments.events' as const,
  payload,
  summary,
});

/** Every message of the shipments service. */
export const shipmentsContracts = [
  command('record-scan', commands.RecordScanDto, 'something that a carrier says of a parcel'),
  command('add-shipment-event', commands.AddShipmentEventDto, 'something that the merchant says of a parcel'),
  command('update-estimated-arrival', commands.UpdateEstimatedArrivalDto, 'when a parcel is expected'),
  internal(
    'draft-shipment',
    commands.DraftShipmentDto,
    'the order expects this parcel; made from order facts',
  ),
  internal(
    'fulfil-shipment',
    commands.FulfilShipmentDto,
    'the order gave this parcel its tracking number; made from order facts',
  ),
  internal(
    'update-shipment-details',
    commands.UpdateShipmentDetailsDto,
    "what the order's slot says of the parcel; made from order facts",
  ),
  internal(
    'withdraw-shipment',
    commands.WithdrawShipmentDto,
    'the order does not expect this parcel any more; made from order facts',
  ),
  internal(
    'check-estimated-arrival',
    commands.CheckEstimatedArrivalDto,
    'look whether the parcel should have arrived; made by the timer',
  ),
  fact('shipment-drafted', facts.ShipmentDraftedDto, 'a parcel is expected'),
  fact('shipment-fulfilled', facts.ShipmentFulfilledDto, 'a parcel has its tracking number'),
  fact('shipment-updated', facts.ShipmentUpdatedDto, 'fields of a parcel changed'),
  fact(
    'shipment-event-recorded',
    facts.ShipmentEventRecordedDto,
    'something that happened to a parcel was recorded',
  ),
  fact('shipment-phase-changed', facts.ShipmentPhaseChangedDto, 'a parcel is in another phase'),
  fact('shipment-flagged', facts.ShipmentFlaggedDto, "a parcel's health changed"),
  fact('shipment-withdrawn', facts.ShipmentWithdrawnDto, 'a parcel is not expected any more'),
] as const satisfies readonly MessageContract[];
