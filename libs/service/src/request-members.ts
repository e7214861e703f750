import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { parseTime, shopSlugPattern } from '@waybill/contracts';
import { Transform, type TransformFnParams } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';

const transformText = (change: (text: string) => unknown) =>
  Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? change(value) : value));

/** An optional text of at most `max` characters, trimmed; empty counts as not given. */
export const QueryText = (max: number, description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, maxLength: max, description }),
    IsOptional(),
    transformText((text) => text.trim() || undefined),
    IsString({ message: 'must be given once' }),
    Length(1, max, { message: `must be 1 to ${max} characters` }),
  );

export const QueryOneOf = (values: readonly string[], description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, enum: [...values], description }),
    IsOptional(),
    IsIn(values, { message: `must be one of ${values.join(', ')}` }),
  );

export const QueryUuid = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'uuid', description }),
    IsOptional(),
    transformText((text) => text.toLowerCase()),
    IsUUID('all', { message: 'must be a UUID' }),
  );

/** A point in time with an offset, normalised to UTC with milliseconds. */
export const QueryTime = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IsOptional(),
    // what does not parse stays as it is and fails the check below
    transformText((text) => parseTime(text) ?? text),
    ValidateBy(
      { name: 'isTime', validator: { validate: (value) => parseTime(value) !== undefined } },
      { message: 'must be an ISO 8601 time with an offset, such as 2026-01-10T08:00:00Z' },
    ),
  );

/** `true` or `false`; with a default of its own, as it is not left undefined. */
export const QueryFlag = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, default: false, description }),
    transformText((text) => ({ true: true, false: false })[text] ?? text),
    IsBoolean({ message: 'must be true or false' }),
  );

const QueryInt = (min: number, max: number, fallback: number, wording: string, description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: min, maximum: max, default: fallback, description }),
    transformText((text) => (/^\d{1,15}$/.test(text) ? Number(text) : text)),
    IsInt({ message: wording }),
    Min(min, { message: wording }),
    Max(max, { message: wording }),
  );

/** `page` and `per_page` of every list. */
export class Paging {
  @QueryInt(1, 1_000_000_000, 1, 'must be a whole number of at least 1', 'page of the result, from 1')
  readonly page: number = 1;

  @QueryInt(1, 100, 30, 'must be a whole number from 1 to 100', 'entries of a page')
  readonly per_page: number = 30;
}

/** The shop that everything below the path belongs to. */
export class ShopPath {
  @ApiProperty({ type: String, pattern: shopSlugPattern.source, example: 'demo-shop' })
  @Matches(shopSlugPattern, {
    message: 'must be 1 to 64 lower-case letters, digits or hyphens, with no hyphen at either end',
  })
  readonly slug!: string;
}

/** A UUID in a path. */
export const PathUuid = (description: string) =>
  applyDecorators(
    ApiProperty({ type: String, format: 'uuid', description }),
    transformText((text) => text.toLowerCase()),
    IsUUID('all', { message: 'must be a UUID' }),
  );
