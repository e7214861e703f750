import { type DynamicModule, Module } from '@nestjs/common';
import { type ServiceConfig, ServiceModule } from '@waybill/service';

@Module({})
export class ClaimsModule {
  static forRoot(config: ServiceConfig): DynamicModule {
    return { module: ClaimsModule, imports: [ServiceModule.forRoot(config)] };
  }
}
