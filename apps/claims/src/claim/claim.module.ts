import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { type ClaimsConfig, claimsConfigToken } from '../claims.config';
import { CopiesConsumer } from '../copies/copies.consumer';
import { CopiesController } from '../copies/copies.controller';
import { ClaimCommandService } from './claim.command-service';
import { ClaimController, ClaimRetryController } from './claim.controller';
import { ClaimHttpController } from './claim.http-controller';
import { claimModel, ClaimQueries } from './claim.queries';
import { claimSchema } from './claim.schema';

/** One aggregate: commands in, facts out, reads beside it, and copies of what it is about. */
@Module({})
export class ClaimModule {
  static forRoot(config: ClaimsConfig): DynamicModule {
    return {
      module: ClaimModule,
      imports: [MongooseModule.forFeature([{ name: claimModel, schema: claimSchema }])],
      controllers: [ClaimController, ClaimRetryController, CopiesController, ClaimHttpController],
      providers: [
        { provide: claimsConfigToken, useValue: config },
        CopiesConsumer,
        ClaimCommandService,
        ClaimQueries,
      ],
    };
  }
}
