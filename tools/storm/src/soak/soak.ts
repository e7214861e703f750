import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { audit } from '../audit/audit';
import { readEvidence } from '../evidence/read-evidence';
import { Waiting } from '../evidence/settled';
import { LoadMix } from '../load/load-mix';
import { Playing } from '../load/playing';
import { countsOf } from '../report/figures';
import { Fleet, scaleAll } from '../system/fleet';
import { provision } from '../system/provision';
import { StormServers } from '../system/servers';
import { type Course, coursesOf } from './flatness';
import type { SoakOptions } from './options';
import { type Sample, Sampler } from './sample';

export interface SoakFigures extends ReturnType<typeof countsOf> {
  readonly commands: number;
  readonly facts: number;
  readonly courses: readonly Course[];
  readonly samples: readonly Sample[];
}

const settleWithinMs = 300_000;
const sessionTimeoutMs = 30_000;

/** Runs a system under a steady load that nobody disturbs. Leaves no process behind, however it ends. */
export async function runSoak(
  options: SoakOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<SoakFigures> {
  const { dir, instances } = options;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const servers = await StormServers.start(join(dir, 'stack'), say);
  const fleet = new Fleet({
    servers: servers.direct,
    logDir: join(dir, 'logs'),
    sessionTimeoutMs,
    arm: () => ({}),
    onCrash: ({ name }, how) => say(`${name} has ended by itself: ${how}`),
  });
  const waiting = new Waiting(servers.direct.brokers);
  const sampler = new Sampler(servers.direct.mongoUri, fleet, waiting);
  try {
    await provision(servers.direct);
    say(`starting ${instances} of each service …`);
    await scaleAll(fleet, instances);
    await fleet.whole(signal);
    return await play(options, { servers, fleet, waiting, sampler }, say, signal);
  } finally {
    await fleet.end();
    await Promise.all([sampler.close(), waiting.close().catch(() => undefined)]);
    await servers.end();
  }
}

interface Scene {
  readonly servers: StormServers;
  readonly fleet: Fleet;
  readonly waiting: Waiting;
  readonly sampler: Sampler;
}

async function play(
  { seed, rate, minutes, everySeconds }: SoakOptions,
  { servers, fleet, waiting, sampler }: Scene,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<SoakFigures> {
  const { brokers } = servers.direct;
  const playing = new Playing({ brokers, mix: new LoadMix(seed), rate }, signal);
  const begin = Date.now();
  const samples: Sample[] = [];
  const secondsSince = () => Math.round((Date.now() - begin) / 1000);
  while (secondsSince() < minutes * 60) {
    await Promise.race([pause(everySeconds * 1000, undefined, { signal }), playing.done]);
    const sample = await sampler.look(secondsSince(), playing.acknowledged.size);
    samples.push(sample);
    say(gist(sample));
  }
  await playing.stop();
  say('everything settles …');
  const pending = await waiting.untilNothing(settleWithinMs, signal);
  say('the auditor reads all topics and all collections …');
  const evidence = await readEvidence(servers.direct, fleet, pending);
  const { verdict, commands, facts } = audit([...playing.acknowledged.values()], evidence);
  for (const { column, text } of verdict.violations.slice(0, 20)) say(`${column}: ${text}`);
  const counts = countsOf((column) => verdict.of(column).length);
  return { commands, facts, ...counts, courses: coursesOf(samples), samples };
}

const gist = ({ seconds, commands, memoryMb, lag }: Sample): string => {
  const memory = Object.entries(memoryMb).map(([service, mb]) => `${service} ${mb} MB`);
  return `${seconds} s: ${commands} commands, ${memory.join(', ')}, ${lag} records wait`;
};
