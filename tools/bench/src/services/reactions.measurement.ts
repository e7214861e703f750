import { serviceTopics } from '@waybill/contracts';
import { waitsFor } from '../latency';
import { commandTopic, recordsIn } from '../stage';
import { countOf, factsCheck } from './left-behind';
import type { Measurement } from './measurement';
import { dispatchedOrder, dispatchedOrders } from './parcel-messages';
import { measureFlood, running } from './play';

const services = ['orders', 'shipments'] as const;
const factTopic = serviceTopics('shipments').events;
/** Drafted, placed, fulfilled, dispatched, and the phase that follows. */
const factsEach = 5;

export const reactionsMeasurement: Measurement = {
  name: 'reactions',
  about: 'orders placed and dispatched by one command: all facts of their parcels; orders and shipments run',
  measure: async (stage, { messages: orders }) => {
    const fulfilled = { 'state.status': 'fulfilled' };
    const task = {
      workload: 'reactions',
      services,
      topic: commandTopic,
      done: async () => Math.floor((await recordsIn(stage, factTopic)) / factsEach),
      checks: async () =>
        [
          ['orders', await countOf(stage, 'orders', fulfilled), orders],
          ['fulfilled parcels', await countOf(stage, 'shipments', fulfilled), orders],
          ['facts of parcels', await recordsIn(stage, factTopic), orders * factsEach],
          await factsCheck(stage, 'orders'),
          await factsCheck(stage, 'shipments'),
        ] as const,
    };
    return { rates: [await measureFlood(stage, task, [...dispatchedOrders(orders)])] };
  },
};

/** Far below what a machine with two cores carries. */
const ordersPerSecond = 50;

export const reactionLatencyMeasurement: Measurement = {
  name: 'reaction latency',
  about: `from the command on an order to the fact that its parcel has its number, ${ordersPerSecond} orders a second`,
  measure: (stage, { seconds }) =>
    running(stage, services, async () => {
      const waits = await waitsFor(stage, {
        offered: ordersPerSecond,
        seconds,
        factTopic,
        message: (i) => dispatchedOrder(i, ordersPerSecond * seconds * 2),
        nameOf: (i) => `bench-${i}-0`,
        answered: ({ type, correlationId }) =>
          type === 'shipments.shipment-fulfilled.v1' ? correlationId : undefined,
        start: async () => async () => {},
      });
      return { latencies: [{ lane: 'reaction latency', ...waits }] };
    }),
};
