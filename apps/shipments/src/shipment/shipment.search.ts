import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  type Carrier,
  carriers,
  type Direction,
  directions,
  type Flag,
  flags,
  normaliseTrackingNumber,
  type Phase,
  phases,
  type ShipmentStatus,
  shipmentStatuses,
} from '@waybill/contracts';
import { Paging, QueryOneOf, QueryTime, QueryUuid } from '@waybill/service';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy } from 'class-validator';

/** A tracking number as people copy it; compared as it is kept. Empty counts as not given. */
const QueryTrackingNumber = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description }),
    IsOptional(),
    Transform(({ value }: { value: unknown }): unknown => {
      if (typeof value === 'string' && value.trim() === '') return undefined;
      // what is no number stays as it is and fails the check below
      return normaliseTrackingNumber(value) ?? value;
    }),
    ValidateBy(
      {
        name: 'trackingNumber',
        validator: { validate: (value) => normaliseTrackingNumber(value) !== undefined },
      },
      { message: 'must be 1 to 64 printable ASCII characters, white space aside' },
    ),
  );

/** What shipments can be searched by. All that is given must hold. */
export class ShipmentSearch extends Paging {
  @QueryUuid('the order id')
  readonly order_id?: string;

  @QueryTrackingNumber('the number; white space does not count, upper and lower case are alike')
  readonly tracking_number?: string;

  @QueryOneOf(carriers, 'the carrier; `unknown`: a number whose carrier nobody has named yet')
  readonly carrier_reference?: Carrier;

  @QueryOneOf(shipmentStatuses, 'the status')
  readonly status?: ShipmentStatus;

  @QueryOneOf(phases, 'how far it is')
  readonly phase?: Phase;

  @QueryOneOf(flags, 'its health')
  readonly flag?: Flag;

  @QueryOneOf(directions, '`customer_merchant`: return parcels')
  readonly direction?: Direction;

  @QueryTime('changed at or after this time')
  readonly updated_since?: string;
}
