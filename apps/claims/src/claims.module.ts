import { type DynamicModule, Module } from '@nestjs/common';
import { KafkaModule, MongoModule, ServiceModule } from '@waybill/service';
import { ClaimModule } from './claim/claim.module';
import { type ClaimsConfig, neededTopics } from './claims.config';

@Module({})
export class ClaimsModule {
  static forRoot(config: ClaimsConfig): DynamicModule {
    return {
      module: ClaimsModule,
      imports: [
        ServiceModule.forRoot(config),
        KafkaModule.forRoot({
          ...config.kafka,
          clientId: `${config.name}-health`,
          topics: neededTopics(config),
        }),
        MongoModule.forRoot(config.mongo),
        ClaimModule.forRoot(config),
      ],
    };
  }
}
