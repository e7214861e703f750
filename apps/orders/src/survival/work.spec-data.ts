import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceProcess } from '@waybill/testing';

const handled = (service: ServiceProcess) => service.metric('waybill_batch_records_sum');

/** Waits until each of these processes has taken more records than it had when this was called. */
export async function untilAllWork(...services: readonly ServiceProcess[]): Promise<void> {
  const before = await Promise.all(services.map(handled));
  for (;;) {
    const now = await Promise.all(services.map(handled));
    if (now.every((records, i) => records > (before[i] ?? 0))) return;
    await pause(100);
  }
}
