import { serviceTopics } from '@waybill/contracts';
import { preload } from '../stage';
import { countOf, factsCheck } from './left-behind';
import { type Measurement, shareOf } from './measurement';
import { claimCommands, claimSteps, dispatchedOrders } from './parcel-messages';
import { measureFlood, play } from './play';
import { waitingIn } from './waiting';

const topic = serviceTopics('claims').commands;

export const claimsMeasurement: Measurement = {
  name: 'claims',
  about: 'a claim of each order, accepted and closed; everything is copied before',
  measure: async (stage, size) => {
    const orders = shareOf(size, 1 / claimSteps.length, 12);
    await preload(stage, dispatchedOrders(orders));
    await play(stage, ['orders', 'shipments']);
    await play(stage, ['claims']);
    const task = {
      workload: 'claims',
      services: ['claims'],
      topic,
      done: async (sent: number) => sent - (await waitingIn(stage, 'claims', [topic])),
      checks: async () =>
        [
          ['claims', await countOf(stage, 'claims'), orders],
          ['closed claims', await countOf(stage, 'claims', { 'state.status': 'closed' }), orders],
          await factsCheck(stage, 'claims'),
        ] as const,
    } as const;
    return { rates: [await measureFlood(stage, task, [...claimCommands(orders)])] };
  },
};
