import { Injectable } from '@nestjs/common';
import { ApiError } from '@waybill/service';
import type { ReportQuery } from '../figures/report-query';
import { cellsWanted } from '../figures/report-ranges';
import { type ReportRow, rowsOf } from '../figures/report-rows';
import { ProjectionConsumer } from '../projection/projection.consumer';

/** The read side: adds rollups up. Reads buckets, groups and partitions, never orders. */
@Injectable()
export class ReportQueries {
  constructor(private readonly projection: ProjectionConsumer) {}

  async answer(query: ReportQuery): Promise<readonly ReportRow[]> {
    const { live } = this.projection;
    if (!live) throw new ApiError('service_unavailable', 'the service is starting');
    const found = await Promise.all(cellsWanted(query).map((range) => live.rollups.read(range)));
    return rowsOf(query, found.flat());
  }
}
