import { readdirSync, readFileSync } from 'node:fs';
import { mongo } from 'mongoose';
import type { Waiting } from '../evidence/settled';
import type { Fleet } from '../system/fleet';
import { owners, serviceNames } from '../system/service-names';

/** The system at one moment of a soak, by service. */
export interface Sample {
  /** Since its begin. */
  readonly seconds: number;
  readonly commands: number;
  /** Resident memory of the service's processes together, MB. */
  readonly memoryMb: Readonly<Record<string, number>>;
  /** Open file descriptors of the service's processes together, sockets included. */
  readonly descriptors: Readonly<Record<string, number>>;
  /** Mean size of the service's aggregates as BSON, KB. */
  readonly documentKb: Readonly<Record<string, number>>;
  /** Records that wait for any group. */
  readonly lag: number;
}

/** Looks at a fleet from outside. */
export class Sampler {
  private readonly client: mongo.MongoClient;

  constructor(
    mongoUri: string,
    private readonly fleet: Fleet,
    private readonly waiting: Waiting,
  ) {
    this.client = new mongo.MongoClient(mongoUri);
  }

  async look(seconds: number, commands: number): Promise<Sample> {
    const pids = (service: (typeof serviceNames)[number]) =>
      this.fleet.readyOf(service).map(({ process }) => process.pid);
    const ofServices = (measure: (pid: number) => number) =>
      Object.fromEntries(serviceNames.map((name) => [name, sum(pids(name).map(measure))]));
    const lags = await this.waiting.look();
    const sizes = await Promise.all(owners.map(async (name) => [name, await this.meanKb(name)] as const));
    return {
      seconds,
      commands,
      memoryMb: ofServices(memoryMb),
      descriptors: ofServices(descriptors),
      documentKb: Object.fromEntries(sizes),
      lag: sum(Object.values(lags)),
    };
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async meanKb(owner: string): Promise<number> {
    let bytes = 0;
    let count = 0;
    for await (const document of this.client.db(owner).collection(owner).find({}, { raw: true })) {
      bytes += (document as unknown as Uint8Array).byteLength;
      count++;
    }
    return count === 0 ? 0 : Math.round((bytes / count / 1024) * 100) / 100;
  }
}

function memoryMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb ?? Number.NaN) / 1024);
}

const descriptors = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
