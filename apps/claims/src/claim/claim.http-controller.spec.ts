import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, ServiceModule } from '@waybill/service';
import { claimsApi } from '../claims.api';
import { ClaimHttpController } from './claim.http-controller';
import { claimFilter, ClaimQueries } from './claim.queries';
import { ClaimSearch } from './claim.search';

const claimId = '8c97700b-8feb-5756-bffa-23811a1fb39a';
const asked: unknown[] = [];
const queries = {
  search: async (...question: unknown[]) => {
    asked.push(question);
    return [{ claim_id: claimId }];
  },
  read: async (shop: string, id: string) =>
    shop === 'demo-shop' && id === claimId ? { claim_id: id } : null,
};

@Module({ controllers: [ClaimHttpController], providers: [{ provide: ClaimQueries, useValue: queries }] })
class DoorModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const config = { name: 'claims', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
  app = await createService({ module: DoorModule, imports: [ServiceModule.forRoot(config)] }, claimsApi);
  await app.init();
});
afterAll(() => app.close());
beforeEach(() => asked.splice(0));

const get = (path: string) => app.inject({ url: `/v1/shops/${path}` });

it('searches with what was asked for, without deleted claims unless told', async () => {
  expect((await get('demo-shop/claims?reason=damage&status=pending')).json()).toEqual([
    { claim_id: claimId },
  ]);
  expect(asked).toEqual([
    ['demo-shop', { page: 1, per_page: 30, reason: 'damage', status: 'pending', include_deleted: false }],
  ]);
});

it.each([
  ['include_deleted=true', true],
  ['include_deleted=false', false],
])('%s is understood', async (query, include_deleted) => {
  await get(`demo-shop/claims?${query}`);
  expect(asked).toEqual([['demo-shop', expect.objectContaining({ include_deleted })]]);
});

it.each([
  'include_deleted=yes',
  'reason=boredom',
  'status=open',
  'resolution_preference=money',
  'order_id=1',
])('does not search by %s', async (query) => {
  const response = await get(`demo-shop/claims?${query}`);
  expect([response.statusCode, response.json().key]).toEqual([422, 'validation_error']);
  expect(asked).toEqual([]);
});

it('reads one claim, and says which one there is not', async () => {
  expect((await get(`demo-shop/claims/${claimId.toUpperCase()}`)).json()).toEqual({ claim_id: claimId });
  const response = await get(`other-shop/claims/${claimId}`);
  expect([response.statusCode, response.json().key]).toEqual([404, 'claim_not_found']);
});

it('describes itself', async () => {
  const document = (await app.inject('/docs-json')).json<{ components: { schemas: object } }>();
  expect(document.components.schemas).toHaveProperty('Claim.properties.claim_id');
});

it('joins all conditions inside one shop', () => {
  const search = Object.assign(new ClaimSearch(), { shipment_id: 's', include_deleted: true });
  expect(claimFilter('demo-shop', search)).toEqual({
    'state.shopSlug': 'demo-shop',
    'state.shipmentId': 's',
  });
  expect(claimFilter('demo-shop', new ClaimSearch())).toEqual({
    'state.shopSlug': 'demo-shop',
    'state.deletedAt': null,
  });
});
