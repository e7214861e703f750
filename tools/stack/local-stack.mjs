import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { authoritiesFile } from './broker-security.mjs';
import { StackError } from './commands.mjs';
import { withFileLock } from './file-lock.mjs';
import { ensureInstalled } from './install.mjs';
import { brokerCommand, layOutBroker } from './kafka-broker.mjs';
import { mongoCommand } from './mongo-server.mjs';
import { claimPort, freePort } from './ports.mjs';
import { kafkaAnswers, mongoAnswers, untilReady } from './probes.mjs';
import { isRunning } from './processes.mjs';
import {
  endPart,
  endStack,
  endStaleStacks,
  isStale,
  logFileOf,
  parts,
  readPart,
  readStack,
  recordPart,
  recordStack,
} from './stack-files.mjs';

const probes = { kafka: kafkaAnswers, mongo: mongoAnswers };
const names = { kafka: 'Kafka', mongo: 'the database' };
const attemptsWithFreePorts = 3;

/**
 * Starts broker and database in a data folder (a temporary one when none is given) and waits until both take work.
 *
 * @param {import('./stack.mjs').StackOptions & { say: (line: string) => void }} options
 * @returns {Promise<import('./stack.mjs').LocalStack>}
 */
export async function startLocalStack({
  dataDir,
  kafkaPort,
  mongoPort,
  kafkaProxyPort,
  kafkaUsers,
  detached = false,
  say,
}) {
  await ensureInstalled(say);
  await endStaleStacks(say);
  const temporary = dataDir === undefined;
  const folder = temporary ? mkdtempSync(join(tmpdir(), 'waybill-stack-')) : resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  return withFileLock(join(folder, 'starting.lock'), async () => {
    await makeRoom(folder, say);
    await startOnFreePorts(folder, {
      kafkaPort,
      mongoPort,
      kafkaProxyPort,
      kafkaUsers,
      detached,
      temporary,
    });
    return describeLocalStack(folder);
  });
}

export function describeLocalStack(dataDir) {
  const { ports } = readStack(dataDir);
  return {
    kind: 'local',
    dataDir,
    brokers: `127.0.0.1:${ports.kafka}`,
    mongoUri: `mongodb://127.0.0.1:${ports.mongo}/?directConnection=true`,
    ports,
    ...(ports.secured
      ? { secured: { brokers: `127.0.0.1:${ports.secured.port}`, caFile: authoritiesFile(dataDir) } }
      : {}),
    pids: Object.fromEntries(parts.map((part) => [part, readPart(dataDir, part)?.pid])),
    stop: () => endStack(dataDir),
  };
}

/**
 * Starts one server of a stack again, on the same port and data, and waits until it takes work.
 *
 * @param {string} dataDir
 * @param {'kafka' | 'mongo'} part
 * @returns {Promise<{ pid: number }>}
 */
export async function startPart(dataDir, part) {
  const { ports } = requireStack(dataDir);
  if (isRunning(readPart(dataDir, part)))
    throw new StackError(`${names[part]} is running already in ${dataDir}`);
  if (part === 'kafka') {
    const { kafka: port, controller: controllerPort, proxied, secured } = ports;
    layOutBroker(dataDir, { port, controllerPort, proxied, secured });
  }
  const program = part === 'kafka' ? brokerCommand(dataDir) : mongoCommand(dataDir, { port: ports.mongo });
  const described = recordPart(dataDir, part, await launch(dataDir, part, program));
  await untilReady(probes[part], {
    name: names[part],
    process: described,
    port: ports[part],
    logFile: logFileOf(dataDir, part),
  });
  return described;
}

/**
 * Ends one server of a stack and waits until it is gone; `signal: 'SIGKILL'` is the power cut.
 *
 * @param {string} dataDir
 * @param {'kafka' | 'mongo'} part
 * @param {{ signal?: NodeJS.Signals }} [options]
 */
export async function stopPart(dataDir, part, options) {
  requireStack(dataDir);
  await endPart(dataDir, part, options);
}

/**
 * What is running in a data folder, or undefined when nothing is known about it.
 *
 * @param {string} dataDir
 * @returns {Promise<Record<string, { pid?: number, port: number, running: boolean, ready: boolean }> | undefined>}
 */
export async function localStatus(dataDir) {
  const stack = readStack(dataDir);
  if (!stack) return undefined;
  const status = {};
  for (const part of parts) {
    const described = readPart(dataDir, part);
    const running = isRunning(described);
    const ready = running && (await probes[part](stack.ports[part]));
    status[part] = { pid: described?.pid, port: stack.ports[part], running, ready };
  }
  return status;
}

function requireStack(dataDir) {
  const stack = readStack(dataDir);
  if (!stack) throw new StackError(`there is no stack in ${dataDir}`);
  return stack;
}

async function makeRoom(folder, say) {
  const stack = readStack(folder);
  if (!stack) return;
  const alive = parts.some((part) => isRunning(readPart(folder, part)));
  if (alive && !isStale(stack)) {
    throw new StackError(
      `a stack is running already in ${folder}: stop it (npm run down), or give another data folder`,
    );
  }
  if (alive) say(`replacing the stack that a killed run left in ${folder}`);
  await endStack(folder);
}

// Between the choice of a free port and its use somebody else may take it.
async function startOnFreePorts(
  folder,
  { kafkaPort, mongoPort, kafkaProxyPort, kafkaUsers, detached, temporary },
) {
  const chosenByUs = !kafkaPort && !mongoPort;
  for (let attempt = 1; ; attempt += 1) {
    const ports = {
      kafka: await claimPort(kafkaPort, '--kafka-port'),
      controller: await freePort(),
      mongo: await claimPort(mongoPort, '--mongo-port'),
      ...(kafkaProxyPort ? { proxied: { port: await freePort(), advertised: kafkaProxyPort } } : {}),
      ...(kafkaUsers ? { secured: { port: await freePort(), users: kafkaUsers } } : {}),
    };
    recordStack(folder, { detached, temporary, ports });
    try {
      const started = await Promise.allSettled(parts.map((part) => startPart(folder, part)));
      const failure = started.find(({ status }) => status === 'rejected');
      if (!failure) return;
      throw failure.reason;
    } catch (error) {
      const portLost = /address (is )?already in use/i.test(error.message);
      const again = chosenByUs && portLost && attempt < attemptsWithFreePorts;
      if (!again) {
        await endStack(folder);
        throw error;
      }
      await Promise.all(parts.map((part) => endPart(folder, part)));
    }
  }
}

// A process group of its own, so that Ctrl-C in the terminal ends our run first and the servers after it.
async function launch(dataDir, part, { command, args, env }) {
  const log = openSync(logFileOf(dataDir, part), 'a');
  const options = {
    cwd: dataDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log],
    detached: true,
  };
  const child = spawn(command, args, options);
  closeSync(log);
  await new Promise((spawned, failed) => {
    child.once('spawn', spawned);
    child.once('error', (error) =>
      failed(new StackError(`${names[part]} could not be started: ${error.message}`)),
    );
  });
  child.unref();
  return child.pid;
}
