import { ClaimsClient } from './claims-client';
import { ClaimsService } from './claims-service';
import type { ServiceProcess } from './service-process';
import { type ParcelsOptions, type Running, type RunningParcels, startParcels } from './start-parcels';

/** A stack with orders, shipments and claims on it; all of one test file's own. */
export interface RunningEverything extends RunningParcels {
  readonly claims: Running<ClaimsClient>;
}

/** Starts everything that an end-to-end test of a claim needs. */
export async function startEverything(options: ParcelsOptions = {}): Promise<RunningEverything> {
  const retryDelays = options.retryDelays ?? ['1s', '2s'];
  const env = { WAYBILL_RETRY_DELAYS: retryDelays.join(','), ...options.env };
  const parcels = await startParcels({ ...options, retryDelays });
  const closers: (() => Promise<unknown>)[] = [() => parcels.end()];
  const end = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const client = await ClaimsClient.open(parcels.stack, retryDelays);
    closers.push(() => client.close());
    const start = async (): Promise<ServiceProcess> => {
      const service = ClaimsService.spawn(parcels.stack, env);
      closers.push(() => service.kill());
      await service.ready();
      return service;
    };
    return { ...parcels, claims: { service: await start(), client, another: start }, end };
  } catch (error) {
    await end();
    throw error;
  }
}
