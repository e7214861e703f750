import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { describeProcess, endProcess, isRunning } from './processes.mjs';

/*
 * What is known about running stacks, all of it in files, so that another process can take over:
 *   <data folder>/stack.json            ports, and the run that the stack belongs to
 *   <data folder>/{kafka,mongo}.json    the process
 *   <cache>/stacks/<hash>.json          where the data folders are
 */
export const parts = ['kafka', 'mongo'];

export const logFileOf = (dataDir, part) => join(dataDir, `${part}.log`);

export function readStack(dataDir) {
  return readJson(join(dataDir, 'stack.json'));
}

export function readPart(dataDir, part) {
  return readJson(join(dataDir, `${part}.json`));
}

/**
 * `detached` stacks belong to nobody and stay until they are stopped. Others end with their owner: this process, or the
 * test run that has this process among its workers (WAYBILL_STACK_OWNER).
 */
export function recordStack(dataDir, { detached, temporary, ports }) {
  const owner = detached ? null : describeProcess(Number(process.env.WAYBILL_STACK_OWNER) || process.pid);
  writeJson(pointerTo(dataDir), { dataDir, host: hostname() });
  writeJson(join(dataDir, 'stack.json'), { host: hostname(), owner, temporary, ports });
}

export function recordPart(dataDir, part, pid) {
  const described = describeProcess(pid);
  writeJson(join(dataDir, `${part}.json`), described);
  return described;
}

export async function endPart(dataDir, part, options) {
  const described = readPart(dataDir, part);
  if (described) await endProcess(described, options);
  rmSync(join(dataDir, `${part}.json`), { force: true });
}

/** Ends both servers and forgets the stack; a temporary data folder is removed, any other one keeps its data. */
export async function endStack(dataDir) {
  const stack = readStack(dataDir);
  await Promise.all(parts.map((part) => endPart(dataDir, part)));
  rmSync(join(dataDir, 'stack.json'), { force: true });
  if (stack?.temporary) rmSync(dataDir, { recursive: true, force: true });
  rmSync(pointerTo(dataDir), { force: true });
}

/** A stack whose run was killed: its owner is gone. Stacks of other machines that share the folder are left alone. */
export function isStale(stack) {
  return stack.host === hostname() && stack.owner !== null && !isRunning(stack.owner);
}

/** Ends what killed runs have left behind, and what belongs to the process `ownerPid`. */
export async function endStaleStacks(say, { ownerPid } = {}) {
  const folder = join(cacheFolder(), 'stacks');
  const pointers = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  for (const file of pointers) {
    const pointer = readJson(join(folder, file));
    if (pointer?.host !== hostname()) continue;
    const stack = readStack(pointer.dataDir);
    if (!stack) rmSync(join(folder, file), { force: true });
    else if (isStale(stack) || (ownerPid && stack.owner?.pid === ownerPid)) {
      say(`ending the stack that a killed run left in ${pointer.dataDir}`);
      await endStack(pointer.dataDir);
    }
  }
}

function pointerTo(dataDir) {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(cacheFolder(), 'stacks', `${name}.json`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

// a rename is seen whole or not at all
function writeJson(file, value) {
  mkdirSync(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value)}\n`);
  renameSync(draft, file);
}
