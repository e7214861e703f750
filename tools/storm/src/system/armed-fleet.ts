import { join } from 'node:path';
import { failpoints } from '@waybill/aggregates';
import { Tally } from '../monkey/tally';
import type { StormOptions } from '../options';
import { Random } from '../random';
import { lastWords, pointOf } from './endings';
import { Fleet, type Instance } from './fleet';
import { owners, type ServiceName } from './service-names';
import type { StormServers } from './servers';

/** Of the processes that are started, those that will die at a failpoint. */
const armedShare = 0.4;
/** More than one: who dies at each start gets nowhere, and its record counts as the one that kills. */
const fewestPasses = 2;
const mostPasses = 30;

/** How processes have ended that nobody has ended. */
export class Endings {
  readonly failpoints = new Tally();
  readonly gaveUp = new Tally();
  isArming = true;

  /** From now on whoever is started may live. */
  armNobodyElse(): void {
    this.isArming = false;
  }

  note({ service, process: { lines } }: Instance, how: number | NodeJS.Signals): void {
    const point = pointOf(lines);
    if (point === undefined) this.gaveUp.add(`${service}: ${lastWords(lines) ?? how}`);
    else this.failpoints.add(point);
  }
}

/** A fleet of which some processes die at failpoints, by the seed of the storm. */
export function armedFleet(
  { seed, dir, sessionTimeoutMs }: StormOptions,
  servers: StormServers,
  endings: Endings,
): Fleet {
  const random = new Random(seed + 1);
  const arm = (service: ServiceName): Record<string, string> =>
    endings.isArming && isOwner(service) && random.chance(armedShare)
      ? { WAYBILL_FAILPOINT: `${random.pick(failpoints)}:${random.int(fewestPasses, mostPasses)}` }
      : {};
  return new Fleet({
    servers: servers.proxied,
    logDir: join(dir, 'logs'),
    sessionTimeoutMs,
    arm,
    onCrash: (instance, how) => endings.note(instance, how),
  });
}

const isOwner = (service: ServiceName): boolean => owners.some((owner) => owner === service);
