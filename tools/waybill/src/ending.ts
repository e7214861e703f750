import { CommanderError } from 'commander';
import { CommandFailure } from './failure';
import { Interrupted } from './screen/interruption';

const bySignal: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** The exit code of a run that ended with this error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  if (error instanceof Interrupted) return bySignal[error.by] ?? 1;
  // the parser ends help and version with 0, everything else was called in a wrong way
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return 1;
}

/** Says what went wrong: a sentence where we know it, the stack where we do not. */
export function explain(error: unknown): void {
  const isKnown = error instanceof CommandFailure || error instanceof Interrupted || isStackError(error);
  console.error(isKnown ? (error as Error).message : error);
}

// thrown by the scripts of tools/stack, whose class is not ours
function isStackError(error: unknown): boolean {
  return error instanceof Error && error.name === 'StackError';
}
