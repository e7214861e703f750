import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, type Audited } from './audit/audit';
import { slowestAnswer } from './audit/recovery';
import type { Evidence } from './evidence/evidence';
import { readEvidence } from './evidence/read-evidence';
import { Waiting } from './evidence/settled';
import { LoadMix } from './load/load-mix';
import { Playing } from './load/playing';
import { planDeeds } from './monkey/deeds';
import { Monkey } from './monkey/monkey';
import type { StormOptions } from './options';
import { Random } from './random';
import { countsOf, type Figures } from './report/figures';
import { sayProgress } from './report/progress';
import { armedFleet, Endings } from './system/armed-fleet';
import { type Fleet, scaleAll } from './system/fleet';
import { provision } from './system/provision';
import { owners } from './system/service-names';
import { StormServers } from './system/servers';

const settleWithinMs = 300_000;
/** Runs one storm and answers what has come of it. Leaves no process behind, however it ends. */
export async function runStorm(
  options: StormOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Figures> {
  rmSync(options.dir, { recursive: true, force: true });
  mkdirSync(options.dir, { recursive: true });
  const servers = await StormServers.start(join(options.dir, 'stack'), say);
  const endings = new Endings();
  const fleet = armedFleet(options, servers, endings);
  const waiting = new Waiting(servers.direct.brokers);
  try {
    await provision(servers.direct);
    say(`starting ${options.instances} of each service …`);
    await scaleAll(fleet, options.instances);
    await fleet.whole(signal);
    return await play(options, { servers, fleet, waiting, endings }, say, signal);
  } finally {
    await fleet.end();
    await waiting.close().catch(() => undefined);
    await servers.end();
  }
}

interface Scene {
  readonly servers: StormServers;
  readonly fleet: Fleet;
  readonly waiting: Waiting;
  readonly endings: Endings;
}

async function play(
  options: StormOptions,
  { servers, fleet, waiting, endings }: Scene,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Figures> {
  const { seed, instances } = options;
  const random = new Random(seed);
  const plan = planDeeds(random, options);
  const playing = new Playing(
    { brokers: servers.direct.brokers, mix: new LoadMix(seed), rate: options.rate },
    signal,
  );
  const monkey = new Monkey(servers, fleet, random, signal);
  const watching = new AbortController();
  const watched = sayProgress({ monkey, fleet, playing, waiting }, say, watching.signal);
  try {
    // whoever fails first ends the storm
    await Promise.race([monkey.run(plan), playing.done.then(() => undefined)]);
    await playing.stop();
    endings.armNobodyElse();
    say('the monkey rests; everything settles …');
    const begin = Date.now();
    await scaleAll(fleet, instances);
    await fleet.whole(signal);
    const pending = await waiting.untilNothing(settleWithinMs, signal);
    const settledAfterMs = Date.now() - begin;
    say('the auditor reads all topics and all collections …');
    const evidence = await readEvidence(servers.direct, fleet, pending);
    const sent = [...playing.acknowledged.values()];
    const audited = audit(sent, evidence);
    writeFindings(options.dir, audited);
    return {
      kills: monkey.kills.all,
      failpoints: endings.failpoints.all,
      trouble: monkey.trouble.all,
      gaveUp: endings.gaveUp.all,
      commands: audited.commands,
      facts: audited.facts,
      repeatsDropped: audited.verdict.repeats,
      sendersInDoubt: playing.doubts,
      ...countsOf((column) => audited.verdict.of(column).length),
      slowestRecovery: slowest(evidence),
      settledAfterMs,
    };
  } finally {
    watching.abort();
    await watched;
  }
}

function slowest({ services }: Evidence): Figures['slowestRecovery'] {
  const all = owners.flatMap((owner) => slowestAnswer(services[owner]) ?? []);
  return all.toSorted((a, b) => b.ms - a.ms)[0] ?? { ms: 0, command: 'nobody asked' };
}

/** Every violation on a line of its own, for whoever looks for its cause. */
function writeFindings(dir: string, { verdict: { violations } }: Audited): void {
  const lines = violations.map(({ column, text }) => `${column}: ${text}\n`);
  writeFileSync(join(dir, 'findings.txt'), lines.join(''));
}
