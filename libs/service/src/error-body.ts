import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { Issue } from '@waybill/decider';

/** The error keys of the HTTP surface by the status that each is answered with. */
export const errorKeys: Readonly<Record<number, readonly string[]>> = {
  400: ['credentials_missing', 'malformed_request'],
  401: ['unauthorized'],
  403: ['forbidden'],
  404: [
    'order_not_found',
    'shipment_not_found',
    'tracking_number_not_found',
    'claim_not_found',
    'route_not_found',
  ],
  409: [
    'order_exists',
    'external_id_exists',
    'order_cancelled',
    'order_already_dispatched',
    'order_not_dispatched',
    'shipment_exists',
    'shipment_not_fulfilled',
    'shipment_already_fulfilled',
    'shipment_withdrawn',
    'shipment_limit_reached',
    'event_limit_reached',
    'claim_exists',
    'claim_transition_invalid',
  ],
  413: ['payload_too_large'],
  422: [
    'validation_error',
    'zip_code_invalid',
    'carrier_reference_invalid',
    'order_incomplete',
    'order_reference_mismatch',
    'shipment_reference_mismatch',
    'products_not_in_order',
    'event_time_in_future',
    'snapshot_too_large',
  ],
  429: ['rate_limited'],
  500: ['internal_error'],
  503: ['service_unavailable'],
};

const statusByKey = new Map(
  Object.entries(errorKeys).flatMap(([status, keys]) => keys.map((key) => [key, Number(status)] as const)),
);

/** 500 for a key that is not in the table: such a key is a fault of ours, not of the caller. */
export const statusOf = (key: string): number => statusByKey.get(key) ?? 500;

/** A request that is answered with an error of the table. The message names fields and ids, never personal data. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly key: string,
    message: string,
    readonly errors: readonly Issue[] = [],
  ) {
    super(message);
  }
}

export class ErrorEntry implements Issue {
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    description: 'body, query or path, then the members and list positions',
    example: ['query', 'per_page'],
  })
  readonly loc!: readonly (string | number)[];

  @ApiProperty({ type: String, example: 'per_page' })
  readonly field!: string;

  @ApiProperty({ type: String, example: 'must be a whole number from 1 to 100' })
  readonly msg!: string;

  @ApiProperty({
    type: String,
    description: 'name of the broken constraint, or an error key',
    example: 'max',
  })
  readonly type!: string;
}

export class ErrorBody {
  @ApiProperty({ type: [ErrorEntry], description: 'may be empty' })
  readonly errors!: readonly ErrorEntry[];

  @ApiProperty({ type: String, example: 'validation_error' })
  readonly key!: string;

  @ApiProperty({ type: String, example: '1 field is not valid' })
  readonly message!: string;

  @ApiProperty({ type: String, enum: ['invalid_request_error', 'api_error'] })
  readonly type!: 'invalid_request_error' | 'api_error';
}

export const errorBody = (key: string, message: string, errors: readonly Issue[] = []): ErrorBody => ({
  errors,
  key,
  message,
  type: statusOf(key) < 500 ? 'invalid_request_error' : 'api_error',
});

/** Documents the errors that an operation answers with, beside those that every operation may. */
export function Failures(...keys: readonly string[]) {
  const byStatus = Map.groupBy(
    [...keys, 'validation_error', 'internal_error', 'service_unavailable'],
    statusOf,
  );
  return applyDecorators(
    ...[...byStatus].map(([status, group]) =>
      ApiResponse({ status, type: ErrorBody, description: group.map((key) => `\`${key}\``).join(', ') }),
    ),
  );
}
