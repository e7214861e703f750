import { Random } from '@waybill/aggregates/simulated';
import { Decoders } from './decoders';
import { hostileRecord } from './hostile-record';
import type { ValidMessage } from './valid-messages';

export interface Fuzzed {
  readonly unreadable: number;
  readonly refused: number;
  readonly valid: number;
  /** The first input that broke something; it can be made again from its number. */
  readonly breach?: { readonly input: number; readonly what: string };
}

/** Feeds the inputs of these numbers to all decoders; each number is one record. */
export async function fuzz(from: number, to: number, messages: readonly ValidMessage[]): Promise<Fuzzed> {
  const decoders = new Decoders();
  const counts = { unreadable: 0, refused: 0, valid: 0 };
  for (let input = from; input < to; input++) {
    try {
      counts[await decoders.take(hostileRecord(new Random(input), messages), input)]++;
    } catch (error) {
      return {
        ...counts,
        breach: { input, what: error instanceof Error ? (error.stack ?? '') : String(error) },
      };
    }
  }
  return counts;
}
