import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { flags, phases } from '@waybill/contracts';
import { QueryOneOf, QueryText, ShopPath } from '@waybill/service';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import {
  type Bucket,
  buckets,
  type Dimension,
  dimensions,
  type Report,
  reports,
} from '../figures/report-query';
import { dayOf } from './day-of';

export class ReportPath extends ShopPath {
  @ApiProperty({ type: String, enum: [...reports] })
  @IsIn(reports, { message: `must be one of ${reports.join(', ')}` })
  readonly report!: Report;
}

/** A UTC day: a date, or the time at which the day starts. */
const Day = () =>
  applyDecorators(
    Transform(({ value }: TransformFnParams): unknown => dayOf(value) ?? value),
    ValidateBy(
      { name: 'isDay', validator: { validate: (value) => dayOf(value) !== undefined } },
      { message: 'must be a date such as 2026-01-10, or the start of a UTC day' },
    ),
  );

/** What is asked of a report. */
export class ReportSearch {
  @ApiProperty({ type: String, format: 'date', description: 'first UTC day' })
  @Day()
  readonly from!: string;

  @ApiProperty({ type: String, format: 'date', description: 'first UTC day that does not count any more' })
  @Day()
  readonly to!: string;

  @QueryOneOf(buckets, 'what a row covers; weeks start on Monday')
  readonly bucket: Bucket = 'total';

  @QueryOneOf(
    dimensions,
    'rows per value of this; at most one of segment and carrier is filtered or grouped on',
  )
  readonly group_by?: Dimension;

  @QueryText(200, 'only orders in this campaign segment')
  readonly segment?: string;

  @QueryText(200, 'only parcels of this carrier reference')
  readonly carrier?: string;

  @QueryOneOf(phases, 'only parcels now in this phase')
  readonly phase?: string;

  @QueryOneOf(flags, 'only parcels with this flag')
  readonly flag?: string;

  @QueryText(200, 'only orders to this country code, or `unknown`')
  readonly country?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 365,
    description: 'delivery times: days to compare with',
  })
  @IsOptional()
  @Transform(({ value }: TransformFnParams): unknown =>
    /^\d{1,3}$/.test(String(value)) ? Number(value) : value,
  )
  @IsInt({ message: 'must be a whole number from 1 to 365' })
  @Min(1, { message: 'must be a whole number from 1 to 365' })
  @Max(365, { message: 'must be a whole number from 1 to 365' })
  readonly target_days?: number;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description: 'shipments: as of the start of this UTC day [today]',
  })
  @IsOptional()
  @Day()
  readonly as_of?: string;

  @QueryOneOf(['ms'], 'durations to the millisecond instead of in hours and days; those of anomalies stay')
  readonly durations?: 'ms';
}
