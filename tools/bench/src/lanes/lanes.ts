import { childLane } from './child-lane';
import type { Lane } from './lane';
import { waybillLane } from './waybill.lane';

/** All lanes, in the order in which a round runs them. */
export const lanes: readonly Lane[] = [
  childLane(
    { name: 'stock', about: 'Nest with ValidationPipe, one mongoose write a message', isSlow: true },
    { hasFacts: false, checks: true },
  ),
  childLane(
    { name: 'stock+', about: 'the same, and one ClientKafka.emit a message', isSlow: true },
    { hasFacts: true, checks: true },
  ),
  childLane(
    { name: 'bare', about: 'kafkajs by batch and bulk writes, nothing else', isSlow: false },
    { hasFacts: false, checks: true },
  ),
  waybillLane,
];

/** What broker and database could do alone; nothing is stored that could be checked. */
export const floors: readonly Lane[] = [
  { name: 'broker floor', about: 'reads the messages and does nothing' },
  { name: 'database floor', about: 'inserts one document a message, in bulk' },
  { name: 'publish floor', about: 'publishes a fact a message' },
].map(({ name, about }) => childLane({ name, about, isSlow: false }, { hasFacts: false, checks: false }));

/** Runs in a process of its own, started by {@link childLane}. */
export async function runLane(name: string, messages: number): Promise<void> {
  switch (name) {
    case 'stock':
    case 'stock+':
      return (await import('./stock.process')).runStock({ emits: name === 'stock+' });
    case 'bare':
      return (await import('./bare.process')).runBare();
    case 'broker floor':
      return (await import('./floors.process')).runBrokerFloor();
    case 'database floor':
      return (await import('./floors.process')).runDatabaseFloor(messages);
    case 'publish floor':
      return (await import('./floors.process')).runPublishFloor(messages);
    default:
      throw new Error(`there is no lane ${name}`);
  }
}
