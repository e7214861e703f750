import { writeSync } from 'node:fs';

/** Places between the steps of the engine at which a crash leaves something else behind (architecture 4.3). */
export const failpoints = [
  'before-write',
  'between-documents',
  'after-write',
  'before-reply',
  'after-publish',
  'before-commit',
  'after-hand-on',
  'after-keep',
  'after-retry',
  'after-reaction',
] as const;
export type Failpoint = (typeof failpoints)[number];

/** Where the process is to die, and how often it passes that place before. */
interface Armed {
  readonly place: Failpoint;
  passes: number;
}

/**
 * Reads `WAYBILL_FAILPOINT`, such as `after-write:17`; undefined where it is not set, as it is wherever nobody tests how
 * the service survives. Throws an Error for anything else.
 */
export function armedBy(text: string | undefined): Armed | undefined {
  if (text === undefined || text === '') return undefined;
  const [name = '', passes = ''] = text.split(':');
  const place = failpoints.find((known) => known === name);
  if (place === undefined || !/^[1-9]\d{0,5}$/.test(passes))
    throw new Error(`WAYBILL_FAILPOINT must be <place>:<passes>, a place of ${failpoints.join(', ')}`);
  return { place, passes: Number(passes) };
}

const armed = armedBy(process.env['WAYBILL_FAILPOINT']);

/** Passes a place, and dies there where that is wanted. Synchronous: it changes the order of nothing. */
export function failpoint(place: Failpoint): void {
  if (isReached(place)) die(place);
}

/** For a place in the midst of a step: true when the process is to do half of the step and {@link die}. */
export function isReached(place: Failpoint): boolean {
  return armed?.place === place && --armed.passes <= 0;
}

/** Gone, as by a power cut. */
export function die(place: Failpoint): void {
  // what is buffered would be lost
  writeSync(2, `failpoint ${place}\n`);
  process.kill(process.pid, 'SIGKILL');
}
