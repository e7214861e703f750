import type { PlannedMessage } from './planned-message';

/**
 * Orders in the order of their times, and what carriers say of their parcels anywhere between, also before the order was
 * placed and without waiting for its number: the same seed gives the same order.
 */
export function shuffledScans(messages: readonly PlannedMessage[], seed: number): PlannedMessage[] {
  const random = randomNumbers(seed);
  const orders = messages.filter(({ service }) => service === 'orders').length;
  let sent = 0;
  return messages
    .map(({ needsNumberOf: _any, ...message }) => ({
      message,
      place: message.service === 'orders' ? (sent++ + 0.5) / orders : random(),
    }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ message }) => message);
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
