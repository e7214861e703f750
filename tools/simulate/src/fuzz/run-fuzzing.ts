import { Crew, LostJob } from '../crew';
import type { FuzzJob } from '../jobs';
import { Progress } from '../progress';
import { writeResult } from '../result-file';
import type { Fuzzed } from './fuzz';

const inputsOfJob = 1000;
/** So many inputs take a second or two; what takes a minute hangs. */
const longestMs = 60_000;
/** What a decoder keeps or makes of one message is small: with this much for all of them, one that is not ends its thread. */
const resourceLimits = { maxOldGenerationSizeMb: 256 };

/** Feeds inputs to the decoders on several threads; true: none of them broke anything. */
export async function runFuzzing(from: number, to: number, jobs: number, out: string): Promise<boolean> {
  const total = { inputs: 0, unreadable: 0, refused: 0, valid: 0 };
  const breaches: NonNullable<Fuzzed['breach']>[] = [];
  const progress = new Progress(to - from, 'inputs');
  const crew = new Crew<FuzzJob, Fuzzed>({ size: jobs, resourceLimits, longestMs });
  try {
    await crew.run(pieces(from, to), ({ breach, ...counts }, job) => {
      total.inputs += job.to - job.from;
      for (const kind of ['unreadable', 'refused', 'valid'] as const) total[kind] += counts[kind];
      if (breach) breaches.push(breach);
      progress.at(total.inputs, `${breaches.length} broke something`);
    });
  } catch (error) {
    if (!(error instanceof LostJob)) throw error;
    const { from: input, to: end } = error.job as FuzzJob;
    breaches.push({ input, what: `one of the inputs ${input} to ${end - 1}: ${error.message}` });
  }
  const { seconds, perSecond } = progress;
  console.log(
    `${total.inputs} inputs in ${seconds} s, ${perSecond} a second: ${total.unreadable} cannot be read, ${total.refused} are not valid, ${total.valid} are; ${breaches.length} broke something`,
  );
  for (const { input, what } of breaches) console.log(`input ${input}: ${what}`);
  writeResult(out, 'fuzzing', { from, ...total, seconds, perSecond, breaches });
  return breaches.length === 0;
}

function* pieces(from: number, to: number): Generator<FuzzJob> {
  for (let start = from; start < to; start += inputsOfJob)
    yield { kind: 'fuzz', from: start, to: Math.min(to, start + inputsOfJob) };
}
