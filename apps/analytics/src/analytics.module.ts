import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceConfig, ServiceModule } from '@waybill/service';

@Module({})
export class AnalyticsModule {
  static forRoot(config: ServiceConfig): DynamicModule {
    return { module: AnalyticsModule, imports: [ServiceModule.forRoot(config)] };
  }
}
