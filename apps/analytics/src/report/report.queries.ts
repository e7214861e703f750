import { Injectable } from '@nestjs/common';
import type { ReportQuery } from '../figures/report-query';
import { cellsWanted } from '../figures/report-ranges';
import { type ReportRow, rowsOf } from '../figures/report-rows';
import { LiveFigures } from '../projection/live-figures';

/** The read side: adds rollups up. Reads buckets, groups and partitions, never orders. */
@Injectable()
export class ReportQueries {
  constructor(private readonly figures: LiveFigures) {}

  async answer(query: ReportQuery): Promise<readonly ReportRow[]> {
    return rowsOf(query, await this.figures.read(cellsWanted(query)));
  }
}
