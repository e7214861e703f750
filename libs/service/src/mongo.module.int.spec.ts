import { Test } from '@nestjs/testing';
import { getConnectionToken } from '@nestjs/mongoose';
import { canStartPrivateStack, type PrivateStack, startPrivateStack, uniqueName } from '@waybill/testing';
import type { Connection } from 'mongoose';
import { Health } from './health';
import { MongoModule } from './mongo.module';
import { ServiceModule } from './service.module';

const whenKillable = canStartPrivateStack() ? describe : describe.skip;

whenKillable('the MongoDB connection', () => {
  let stack: PrivateStack;
  beforeAll(async () => {
    stack = await startPrivateStack();
  }, 120_000);
  afterAll(() => stack.end(), 60_000);

  it('is opened when the server turns up, is seen to go, and comes back', async () => {
    await stack.kill('mongo');
    const config = { name: 'orders', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
    const mongo = { uri: stack.mongoUri, database: uniqueName('orders') };
    const module = await Test.createTestingModule({
      imports: [ServiceModule.forRoot(config), MongoModule.forRoot(mongo)],
    }).compile();
    await module.init();
    const health = module.get(Health);
    const untilWell = async (onFault: (fault: string | null) => void) =>
      health.untilWell(({ fault }) => onFault(fault), new AbortController().signal);

    let started: Promise<void> | undefined;
    await untilWell((fault) => {
      expect(fault).toContain('ECONNREFUSED');
      started ??= stack.start('mongo');
    });
    await started;
    const connection = module.get<Connection>(getConnectionToken());
    await connection.collection('things').insertOne({ at: 1 });

    await stack.kill('mongo');
    const [source] = health.sources.filter(({ name }) => name === 'mongodb');
    expect(source && (await health.condition(source)).fault).toEqual(expect.any(String));
    await stack.start('mongo');
    await untilWell(() => {});
    expect(await connection.collection('things').countDocuments({})).toBe(1);
    await module.close();
  }, 60_000);
});
