import { execFile, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { OrdersClient, type PrivateStack, ServiceProcess, startPrivateStack } from '@waybill/testing';
import { mongo } from 'mongoose';

const root = resolve(__dirname, '../..');
const run = promisify(execFile);
const retryDelays = ['1s', '2s'];

/** The program of the present release; undefined: the one that end-to-end tests have built. */
export const present = undefined;

/** Builds a release: `learning`, `writing`, or the one of a commit. Answers its program. */
export async function buildRelease(release: string): Promise<string> {
  const script = resolve(root, 'tools/releases/build-release.mjs');
  return (await run(process.execPath, [script, release])).stdout.trim();
}

/** The previous release: the commit that WAYBILL_PREVIOUS names, else the one before this one. Not in a shallow clone. */
export const previous = process.env['WAYBILL_PREVIOUS'] ?? 'HEAD~1';

/** Whether git has the commit of the previous release, and its files. */
export function hasPrevious(): boolean {
  const { status } = spawnSync('git', ['cat-file', '-e', `${previous}^{tree}`], { cwd: root });
  return status === 0;
}

/** A stack on which processes of several releases of the orders service share one consumer group. */
export class Releases {
  private readonly processes: ServiceProcess[] = [];

  private constructor(
    readonly stack: PrivateStack,
    readonly client: OrdersClient,
  ) {}

  static async open(): Promise<Releases> {
    const stack = await startPrivateStack();
    return new Releases(stack, await OrdersClient.open(stack, retryDelays));
  }

  async start(program: string | undefined): Promise<ServiceProcess> {
    const service = this.spawn(program);
    await service.ready();
    return service;
  }

  spawn(program: string | undefined): ServiceProcess {
    const env = { WAYBILL_RETRY_DELAYS: retryDelays.join(','), KAFKA_SESSION_TIMEOUT_MS: '6000' };
    const service = new ServiceProcess('orders', this.stack, env, program);
    this.processes.push(service);
    return service;
  }

  /** How many orders are stored in each version. */
  async stored(): Promise<Record<number, number>> {
    const database = await mongo.MongoClient.connect(this.stack.mongoUri);
    try {
      const documents = database.db('orders').collection<{ _id: string; v: number }>('orders');
      const counts: Record<number, number> = {};
      for await (const { v } of documents.find({}, { projection: { v: 1 } }))
        counts[v] = (counts[v] ?? 0) + 1;
      return counts;
    } finally {
      await database.close();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map((service) => service.kill()));
    await this.client.close();
    await this.stack.end();
  }
}
