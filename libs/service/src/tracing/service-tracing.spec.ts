import { ServiceTracing } from './service-tracing';

jest.mock('./open-tracer', () => {
  throw new Error('OpenTelemetry is loaded');
});

const config = { name: 'orders', http: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' } as const;
const log = { warn: () => {} };

it('loads OpenTelemetry only where something is traced', async () => {
  const tracing = await ServiceTracing.open(config, log);
  expect(tracing.messages).toBeUndefined();
  await tracing.onApplicationShutdown();
  const traced = { protocol: 'http/json', sampler: 'always_on', ratio: 1 } as const;
  await expect(ServiceTracing.open({ ...config, tracing: traced }, log)).rejects.toThrow(
    'OpenTelemetry is loaded',
  );
});
