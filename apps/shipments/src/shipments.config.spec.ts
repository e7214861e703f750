import { ConfigurationError, readConfiguration } from '@waybill/service';
import { shipmentsConfig } from './shipments.config';

const needed = {
  KAFKA_BROKERS: '127.0.0.1:9092',
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  WAYBILL_SIGNING_KEY: '0123456789abcdef0123456789abcdef',
};
const configOf = (env: Record<string, string>) => readConfiguration({ ...needed, ...env }, shipmentsConfig);

it('keeps scans for thirty days, sweeps every five minutes and checks estimates hourly unless told otherwise', () => {
  const { keepScansForMs, sweepEveryMs, overdueCheckEveryMs } = configOf({});
  expect([keepScansForMs, sweepEveryMs, overdueCheckEveryMs]).toEqual([30 * 86_400_000, 300_000, 3_600_000]);
});
it('takes other durations, and no check at all', () => {
  const env = { WAYBILL_KEEP_SCANS_FOR: '12h', WAYBILL_SWEEP_EVERY: '2s', WAYBILL_OVERDUE_CHECK: 'off' };
  const { keepScansForMs, sweepEveryMs, overdueCheckEveryMs } = configOf(env);
  expect([keepScansForMs, sweepEveryMs, overdueCheckEveryMs]).toEqual([43_200_000, 2000, 0]);
});
it.each(['0s', '5', 'off', '1w', '-1m'])('does not take "%s" for how long scans are kept', (text) => {
  expect(() => configOf({ WAYBILL_KEEP_SCANS_FOR: text })).toThrow(ConfigurationError);
});
it('keeps scans for as long as one likes, but takes no time between two checks that no timer can wait', () => {
  expect(configOf({ WAYBILL_KEEP_SCANS_FOR: '365d' }).keepScansForMs).toBe(365 * 86_400_000);
  for (const name of ['WAYBILL_SWEEP_EVERY', 'WAYBILL_OVERDUE_CHECK'])
    expect(() => configOf({ [name]: '25d' })).toThrow(
      new RegExp(`^${name} must be .* at most 24d.*, got "25d"$`),
    );
});
