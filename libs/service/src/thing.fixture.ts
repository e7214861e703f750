import { Body, Controller, Get, Module, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse } from '@nestjs/swagger';
import { IsInt } from 'class-validator';
import { ApiError, Failures } from './error-body';
import { Paging, PathUuid, QueryOneOf, QueryText, QueryTime, ShopPath } from './request-members';
import { ServiceModule } from './service.module';

class ThingPath extends ShopPath {
  @PathUuid('the thing')
  readonly thing_id!: string;
}

class ThingSearch extends Paging {
  @QueryText(5, 'its name')
  readonly name?: string;

  @QueryOneOf(['red', 'blue'], 'its colour')
  readonly colour?: string;

  @QueryTime('not before')
  readonly since?: string;
}

class ThingBody {
  @IsInt({ message: 'must be a whole number' })
  readonly size!: number;
}

const thrown: Record<string, unknown> = {
  refusal: new ApiError('order_cancelled', 'the order is cancelled'),
  unknownKey: new ApiError('no_such_key', 'nobody knows this key'),
  nest: new NotFoundException('user max@example.com'),
  bug: new TypeError('cannot read max@example.com'),
  text: 'just a text',
  database: Object.assign(new Error('10.0.0.1:27017'), { name: 'MongoServerSelectionError' }),
};

@Controller('v1/shops/:slug')
class ThingController {
  @Get('things')
  @ApiOkResponse({ schema: { type: 'object' } })
  @Failures()
  searchThings(@Param() _path: ShopPath, @Query() query: ThingSearch): ThingSearch {
    return query;
  }

  @Get('things/:thing_id')
  @ApiOkResponse({ schema: { $ref: '#/components/schemas/Thing' } })
  @Failures('order_not_found')
  readThing(@Param() path: ThingPath): ThingPath {
    return path;
  }

  @Post('things')
  @ApiOkResponse({ schema: { type: 'object' } })
  @Failures()
  makeThing(@Param() _path: ShopPath, @Body() body: ThingBody): ThingBody {
    return body;
  }

  @Get('throws/:what')
  @ApiExcludeEndpoint()
  throws(@Param('what') what: string): never {
    throw thrown[what];
  }
}

/** A service with one resource, for the specs of what all services share. */
@Module({ controllers: [ThingController] })
export class ThingModule {
  static forSpec() {
    const config = { name: 'things', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
    return { module: ThingModule, imports: [ServiceModule.forRoot(config)] };
  }
}

export const thingApi = {
  title: 'Things',
  description: 'What tests look at',
  schemas: { Thing: { type: 'object' } },
} as const;
