import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeProcess, isRunning } from './processes.mjs';

const breakerLifeMs = 10_000;

/**
 * Runs `work` while this process alone holds the lock file. A lock whose owner has died is taken over.
 * `onWait` is told once who holds it.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (owner: { pid: number }) => void }} [options]
 * @returns {Promise<T>}
 */
export async function withFileLock(path, work, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!take(path)) {
    const owner = ownerOf(path);
    if (owner && !isRunning(owner)) takeAway(path);
    else if (owner && !told) {
      told = true;
      onWait?.(owner);
    }
    await pause(100);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

// A link appears together with its content: nobody ever reads a lock without an owner.
function take(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(describeProcess(process.pid)));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function ownerOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Two waiters may see the same dead owner. Only the one that holds the breaker may remove the lock, and it looks again
 * first, so that it never removes the lock that the other has just taken.
 */
function takeAway(path) {
  const breaker = `${path}.breaker`;
  if (take(breaker)) {
    const owner = ownerOf(path);
    if (owner && !isRunning(owner)) rmSync(path, { force: true });
    rmSync(breaker, { force: true });
  } else if (ageMs(breaker) > breakerLifeMs) {
    const grave = `${breaker}.${process.pid}.dead`;
    try {
      renameSync(breaker, grave);
    } catch {
      return; // another waiter was faster
    }
    rmSync(grave, { force: true });
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
