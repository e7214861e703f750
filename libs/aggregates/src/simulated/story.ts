import type { Step, Verdict } from './actor';
import { topics } from './topics';
import type { Worker } from './worker';

const ends: Readonly<Record<Verdict, string>> = {
  run: '',
  kill: ' ✗ and dies before it is sent',
  'kill-after': ' ✗ and dies when it is done',
  'kill-late': ' ✗ and dies; the request arrives later',
  'kill-torn': ' ✗ and dies; only some of it arrives',
  'lose-request': ' … which fails',
  'lose-acknowledgement': ' … which is done, but looks as if it had failed',
  'lose-late': ' … which seems to fail; the request arrives later',
  'lose-torn': ' … which fails; some of it arrives',
};

/** One turn of a history, for somebody who wants to know how it came to its end. */
export function toldStep(worker: Worker, step: Step | null, verdict: Verdict, isOld: boolean): string {
  const what = step ? `${step.kind} ${step.about?.() ?? ''}`.trim() : 'looks for input';
  return `${who(worker)}${isOld ? ', an owner of the past' : ''}: ${what}${ends[verdict]}`;
}

export const toldFault = (worker: Worker, kind: 'stall' | 'move'): string =>
  kind === 'stall'
    ? `process ${worker.process.number} stands still; others take its partitions over`
    : `${who(worker)} loses its partition to another member`;

function who({ process, assignment: { role, topic, partition } }: Worker): string {
  if (role === 'sweep') return `process ${process.number}, sweep`;
  const reader = { command: '', retry: '', reaction: ' for reactions', projection: ' for the projection' };
  return `process ${process.number}, ${topic.replace(topics.commands, 'commands').replace('samples.', '')}/${partition}${reader[role]}`;
}
