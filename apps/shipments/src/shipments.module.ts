import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceConfig, ServiceModule } from '@waybill/service';

@Module({})
export class ShipmentsModule {
  static forRoot(config: ServiceConfig): DynamicModule {
    return { module: ShipmentsModule, imports: [ServiceModule.forRoot(config)] };
  }
}
