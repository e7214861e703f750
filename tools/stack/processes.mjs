import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Tells a process from a later one that was given the same id: its start time as text,
 * or undefined when it is gone (or a zombie that nobody has collected yet).
 */
export function identityOf(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return identityByPs(pid);
  }
  // the command name is in brackets and may hold spaces, so count from the last bracket on
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 'ZX'.includes(fields[0]) ? undefined : fields[19];
}

function identityByPs(pid) {
  if (process.platform === 'linux') return undefined;
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const [state, ...started] = (stdout ?? '').trim().split(/\s+/);
  return status === 0 && !state.startsWith('Z') ? started.join(' ') : undefined;
}

/** A process as it is written to a state file. */
export function describeProcess(pid) {
  return { pid, started: identityOf(pid) };
}

export function isRunning(described) {
  return described?.started !== undefined && identityOf(described.pid) === described.started;
}

/** Ends a process and waits until it is gone; one that does not listen is killed after `patienceMs`. */
export async function endProcess(described, { signal = 'SIGTERM', patienceMs = 20_000 } = {}) {
  const deadline = Date.now() + patienceMs;
  if (isRunning(described)) sendSignal(described.pid, signal);
  while (isRunning(described)) {
    if (Date.now() > deadline) sendSignal(described.pid, 'SIGKILL');
    await pause(20);
  }
}

function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
