import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Failures, invalidRequest } from '@waybill/service';
import type { FastifyReply } from 'fastify';
import { toCsv } from '../figures/csv';
import { dayAt } from './day-of';
import { ReportQueries } from './report.queries';
import { faultsOf, questionOf } from './report.question';
import { ReportPath, ReportSearch } from './report.search';

const row = { $ref: '#/components/schemas/ReportRow' };

@ApiTags('analytics')
@Controller('v1/shops/:slug/analytics')
export class ReportHttpController {
  constructor(private readonly queries: ReportQueries) {}

  @Get(':report')
  @ApiOperation({ summary: 'Read a report', description: 'With `Accept: text/csv` the same as CSV.' })
  @ApiOkResponse({
    description: 'rows by bucket, then group',
    content: {
      'application/json': { schema: { type: 'array', items: row } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @Failures()
  async readReport(
    @Param() { slug, report }: ReportPath,
    @Query() search: ReportSearch,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const query = questionOf(slug, report, search, dayAt(new Date()));
    const faults = faultsOf(query);
    if (faults.length > 0) throw invalidRequest(faults);
    const rows = await this.queries.answer(query);
    reply.header('vary', 'accept');
    if (!wantsCsv(accept)) return rows;
    reply.header('content-type', 'text/csv; charset=utf-8');
    return toCsv(query, rows);
  }
}

const wantsCsv = (accept = ''): boolean =>
  accept.split(',').some((type) => type.split(';', 1)[0]?.trim().toLowerCase() === 'text/csv');
