import 'reflect-metadata';
import { startService } from '@waybill/service';
import { ClaimCommandService } from './claim/claim.command-service';
import { ClaimQueries } from './claim/claim.queries';
import { claimsApi } from './claims.api';
import { claimsConfig } from './claims.config';
import { ClaimsModule } from './claims.module';
import { CopiesConsumer } from './copies/copies.consumer';

void startService({
  name: 'claims',
  api: claimsApi,
  configure: claimsConfig,
  module: (config) => ClaimsModule.forRoot(config),
  async consumers(app) {
    await app.get(ClaimQueries).makeIndexes();
    const copies = await app.get(CopiesConsumer).open();
    return [copies, ...(await app.get(ClaimCommandService).open())];
  },
});
