import { freePort, startLocalStack, startPart, stopPart } from '@waybill/stack';
import type { Servers } from '@waybill/testing';
import { Proxy } from './proxy';

export type Part = 'kafka' | 'mongo';

/** Broker and database of one storm: services reach them through proxies, who sends and who audits does not. */
export class StormServers {
  readonly direct: Servers;
  readonly proxied: Servers;
  private readonly pids: Record<Part, number>;

  private constructor(
    private readonly stack: Awaited<ReturnType<typeof startLocalStack>>,
    readonly proxies: Readonly<Record<Part, Proxy>>,
  ) {
    this.direct = { brokers: [stack.brokers], mongoUri: stack.mongoUri };
    this.proxied = {
      brokers: [`127.0.0.1:${proxies.kafka.port}`],
      mongoUri: `mongodb://127.0.0.1:${proxies.mongo.port}/?directConnection=true`,
    };
    this.pids = { ...stack.pids };
  }

  /** Starts both in `dataDir`, which keeps their data and logs. */
  static async start(dataDir: string, say: (line: string) => void): Promise<StormServers> {
    const proxies = {
      kafka: await Proxy.listen(await freePort()),
      mongo: await Proxy.listen(await freePort()),
    };
    const stack = await startLocalStack({ dataDir, kafkaProxyPort: proxies.kafka.port, say });
    const { mongo, proxied } = stack.ports;
    if (!proxied) throw new Error('the broker has no port for the proxy');
    proxies.kafka.to(proxied.port);
    proxies.mongo.to(mongo);
    return new StormServers(stack, proxies);
  }

  /** Ends a server at once and waits until it is gone. What it has not given to the operating system is lost. */
  kill(part: Part): Promise<void> {
    return stopPart(this.stack.dataDir, part, { signal: 'SIGKILL' });
  }

  /** Starts a server again on its data, and waits until it takes work. */
  async restart(part: Part): Promise<void> {
    this.pids[part] = (await startPart(this.stack.dataDir, part)).pid;
  }

  freeze(part: Part): void {
    process.kill(this.pids[part], 'SIGSTOP');
  }

  thaw(part: Part): void {
    process.kill(this.pids[part], 'SIGCONT');
  }

  async end(): Promise<void> {
    await Promise.all(Object.values(this.proxies).map((proxy) => proxy.close()));
    await this.stack.stop();
  }
}
