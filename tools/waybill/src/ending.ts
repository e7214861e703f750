import { CommanderError } from 'commander';
import { CommandFailure } from './failure';
import { Interrupted } from './screen/interruption';

const bySignal: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** The exit code of a run that ended with this error. */
export function exitCodeOf(error: unknown): number {
  const reason = reasonOf(error);
  if (reason instanceof CommandFailure) return reason.exitCode;
  if (reason instanceof Interrupted) return bySignal[reason.by] ?? 1;
  // the parser ends help and version with 0, everything else was called in a wrong way
  if (reason instanceof CommanderError) return reason.exitCode === 0 ? 0 : 2;
  return 1;
}

/** What to tell the user: a sentence where we know it, the whole error where we do not; nothing where the parser has told it. */
export function explanationOf(error: unknown): unknown {
  const reason = reasonOf(error);
  if (reason instanceof CommanderError) return undefined;
  if (reason instanceof CommandFailure || reason instanceof Interrupted) return reason.message;
  const { name = '', message } = (reason ?? {}) as { name?: string; message?: string };
  // thrown by the scripts of tools/stack, whose class is not ours
  if (name === 'StackError') return message;
  const server = name.startsWith('KafkaJS') ? 'Kafka' : name.startsWith('Mongo') ? 'MongoDB' : undefined;
  return server ? `${server}: ${message}` : reason;
}

// what was aborted says so with an error of its own, which hides why
function reasonOf(error: unknown): unknown {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: unknown };
  if (name === 'AbortError' && cause !== undefined) return reasonOf(cause);
  if (name === 'TimeoutError') return new CommandFailure('it took too long; --timeout gives it more time');
  return error;
}
