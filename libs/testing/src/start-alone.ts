import { ClaimsClient } from './claims-client';
import { PlayedNeighbours } from './played-neighbours';
import type { ServiceClient } from './service-client';
import { ServiceProcess } from './service-process';
import { ShipmentsClient } from './shipments-client';
import { type PrivateStack, startPrivateStack } from './stack';
import type { ParcelsOptions, Running } from './start-parcels';

/** A stack with one service on it, and its neighbours played; all of one test file's own. */
export interface Alone<Client extends ServiceClient> extends Running<Client> {
  readonly stack: PrivateStack;
  readonly neighbours: PlayedNeighbours;
  end(): Promise<void>;
}

/** Starts the claims service, and no other. */
export const startClaims = (options: ParcelsOptions = {}): Promise<Alone<ClaimsClient>> =>
  startAlone('claims', (stack, delays) => ClaimsClient.open(stack, delays), options);

/** Starts the shipments service, and no other. Kept scans are swept every two seconds, estimates never. */
export const startShipments = (options: ParcelsOptions = {}): Promise<Alone<ShipmentsClient>> =>
  startAlone('shipments', (stack, delays) => ShipmentsClient.open(stack, delays), {
    ...options,
    env: { WAYBILL_SWEEP_EVERY: '2s', WAYBILL_OVERDUE_CHECK: 'off', ...options.env },
  });

async function startAlone<Client extends ServiceClient>(
  app: string,
  open: (stack: PrivateStack, retryDelays: readonly string[]) => Promise<Client>,
  { retryDelays = ['1s', '2s'], env }: ParcelsOptions,
): Promise<Alone<Client>> {
  const stack = await startPrivateStack();
  const closers: (() => Promise<unknown>)[] = [() => stack.end()];
  const end = async () => {
    // the servers last: what uses them says goodbye to them first
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const client = await open(stack, retryDelays);
    closers.push(() => client.close());
    const another = async () => {
      const settings = { WAYBILL_RETRY_DELAYS: retryDelays.join(','), ...env };
      const service = new ServiceProcess(app, stack, settings);
      closers.push(() => service.kill());
      await service.ready();
      return service;
    };
    const neighbours = new PlayedNeighbours(client.producer);
    return { stack, client, neighbours, service: await another(), another, end };
  } catch (error) {
    await end();
    throw error;
  }
}
