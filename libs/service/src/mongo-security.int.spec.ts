import { getConnectionToken } from '@nestjs/mongoose';
import { Test } from '@nestjs/testing';
import { canStartSecuredStack, type SecuredDatabase, startSecuredDatabase } from '@waybill/testing';
import type { Connection } from 'mongoose';
import { readConfiguration } from './configuration/configuration';
import { Health } from './health';
import { MongoModule } from './mongo.module';
import { mongoConfig } from './service-config';
import { ServiceModule } from './service.module';

const password = 'p@ss/word of orders';

// containers have neither TLS nor users
(canStartSecuredStack() ? describe : describe.skip)('a MongoDB that wants TLS and a password', () => {
  let database: SecuredDatabase;
  beforeAll(async () => {
    database = await startSecuredDatabase('orders', password);
  }, 60_000);
  afterAll(() => database.end(), 60_000);

  /** What a service with these variables sees of it. */
  async function seen(
    variables: Record<string, string>,
  ): Promise<{ fault: string | null; written: boolean }> {
    const env = { MONGODB_URI: database.uri, ...variables };
    const config = readConfiguration(env, (from) => mongoConfig(from, 'orders'));
    const service = { name: 'orders', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
    const module = await Test.createTestingModule({
      imports: [ServiceModule.forRoot(service), MongoModule.forRoot(config)],
    }).compile();
    await module.init();
    const health = module.get(Health);
    const [source] = health.sources.filter(({ name }) => name === 'mongodb');
    if (!source) throw new Error('MongoDB is not among the health sources');
    const { fault } = await health.condition(source, 20_000);
    const connection = module.get<Connection>(getConnectionToken());
    // a connection that was never opened throws instead of rejecting
    const write = async () => connection.collection('things').insertOne({ at: 1 });
    const written = await write().then(
      () => true,
      () => false,
    );
    await module.close();
    return { fault, written };
  }

  const tls = () => ({ MONGODB_TLS: 'on', MONGODB_TLS_CA_FILE: database.caFile });
  const as = (given: string) => ({ ...tls(), MONGODB_USERNAME: 'orders', MONGODB_PASSWORD: given });

  it('takes who has both', async () => {
    expect(await seen(as(password))).toEqual({ fault: null, written: true });
  }, 30_000);

  it('refuses a wrong password, and what is told of it shows none', async () => {
    const { fault, written } = await seen(as('guessed'));
    expect([fault, written]).toEqual([expect.stringMatching(/authentication failed/i), false]);
    expect(fault).not.toContain('guessed');
  }, 30_000);

  it('lets nobody write without a password, nor in without TLS', async () => {
    expect((await seen(tls())).written).toBe(false);
    expect((await seen({})).fault).toEqual(expect.any(String));
  }, 60_000);

  it('is not trusted by who does not know its authority', async () => {
    expect((await seen({ MONGODB_TLS: 'on' })).fault).toMatch(/self-signed certificate/);
  }, 30_000);
});
