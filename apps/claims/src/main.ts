import 'reflect-metadata';
import { serviceConfig, startService } from '@waybill/service';
import { ClaimsModule } from './claims.module';

void startService({
  name: 'claims',
  api: { title: 'Waybill claims', description: 'Nothing to read yet.' },
  configure: (from) => serviceConfig(from, 'claims'),
  module: (config) => ClaimsModule.forRoot(config),
});
