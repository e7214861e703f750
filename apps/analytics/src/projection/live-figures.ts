import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { ApiError } from '@waybill/service';
import type { Connection } from 'mongoose';
import type { Contribution } from '../figures/cell';
import type { CellRange } from '../figures/report-query';
import { rollupsOf } from './generation';
import { Generations } from './generations';

const turns = 5;

/** The figures that answer. */
@Injectable()
export class LiveFigures {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly generations: Generations,
  ) {}

  /**
   * Reads ranges, all of one generation. One that is still live afterwards was not thrown away meanwhile, so nothing is
   * missing in what was read; otherwise it is read again.
   */
  async read(ranges: readonly CellRange[]): Promise<readonly Contribution[]> {
    const { book } = this.generations;
    if (!book) throw new ApiError('service_unavailable', 'the service is starting');
    for (let turn = 0; turn < turns; turn++) {
      const { live } = await book.read();
      const rollups = rollupsOf(this.connection, live);
      const found = await Promise.all(ranges.map((range) => rollups.read(range)));
      if ((await book.read()).live === live) return found.flat();
    }
    throw new ApiError('service_unavailable', 'generations change too fast');
  }
}
