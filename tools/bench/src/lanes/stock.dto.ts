import { UpsertOrderDto } from '@waybill/contracts';
import { Type } from 'class-transformer';
import { Equals, IsISO8601, IsOptional, IsString, Length, ValidateNested } from 'class-validator';

/** The envelope as a stock service would check it, around the very DTO that Waybill publishes. */
export class UpsertOrderMessage {
  @Equals('1.0') specversion!: string;
  @IsString() @Length(1, 128) id!: string;
  @IsString() @Length(1, 200) source!: string;
  @Equals('orders.upsert-order.v1') type!: string;
  @IsISO8601() time!: string;
  @IsOptional() @IsString() datacontenttype?: string;
  @ValidateNested() @Type(() => UpsertOrderDto) data!: UpsertOrderDto;
}
