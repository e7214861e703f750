import { type DynamicModule, Module } from '@nestjs/common';
import { KafkaModule, MongoModule, ServiceModule } from '@waybill/service';
import { type AnalyticsConfig, analyticsConfigToken, countedTopics } from './analytics.config';
import { Generations } from './projection/generations';
import { LiveFigures } from './projection/live-figures';
import { ReportHttpController } from './report/report.http-controller';
import { ReportQueries } from './report/report.queries';

@Module({})
export class AnalyticsModule {
  static forRoot(config: AnalyticsConfig): DynamicModule {
    return {
      module: AnalyticsModule,
      imports: [
        ServiceModule.forRoot(config),
        KafkaModule.forRoot({ ...config.kafka, clientId: `${config.name}-health`, topics: countedTopics }),
        MongoModule.forRoot(config.mongo),
      ],
      controllers: [ReportHttpController],
      providers: [
        { provide: analyticsConfigToken, useValue: config },
        Generations,
        LiveFigures,
        ReportQueries,
      ],
    };
  }
}
