import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Servers, ServiceProcess } from '@waybill/testing';
import { retryDelays, type ServiceName, serviceNames } from './service-names';

/** A process of a service, and what the storm is doing to it. */
export interface Instance {
  readonly name: string;
  readonly service: ServiceName;
  readonly process: ServiceProcess;
  /** Since when it takes work; undefined: it does not yet. */
  readySinceMs: number | undefined;
  isFrozen: boolean;
  /** Somebody has ended it on purpose. */
  isEnded: boolean;
}

export interface FleetOptions {
  readonly servers: Servers;
  readonly logDir: string;
  readonly sessionTimeoutMs: number;
  /** Further environment of the next process of a service. */
  readonly arm: (service: ServiceName) => Readonly<Record<string, string>>;
  /** A process has ended that nobody has ended. */
  readonly onCrash: (instance: Instance, how: number | NodeJS.Signals) => void;
}

const restartAfterMs = 300;
/** Longer than a machine with too much to do takes to start a process. */
export const patienceMs = 300_000;

/** Keeps as many processes of each service as are wanted, as an orchestrator does: who dies is replaced. */
export class Fleet {
  private readonly instances = new Set<Instance>();
  private readonly wanted = new Map<ServiceName, number>();
  private started = 0;
  private isOver = false;

  constructor(private readonly options: FleetOptions) {
    mkdirSync(options.logDir, { recursive: true });
  }

  /** How many are ready, of how many that are wanted. */
  get state(): { readonly ready: number; readonly wanted: number } {
    const ready = [...this.instances].filter(isAtWork).length;
    return { ready, wanted: [...this.wanted.values()].reduce((sum, count) => sum + count, 0) };
  }

  /** Those that are ready and not frozen. */
  readyOf(service: ServiceName): Instance[] {
    return [...this.instances].filter((one) => one.service === service && isAtWork(one));
  }

  /** Starts what is missing of a service, ends the oldest of what is too much. */
  async scale(service: ServiceName, count: number): Promise<void> {
    this.wanted.set(service, count);
    const all = [...this.instances].filter((one) => one.service === service && !one.isEnded);
    for (let i = all.length; i < count; i++) this.start(service);
    const spare = all.slice(0, Math.max(0, all.length - count));
    await Promise.all(spare.map((instance) => this.terminate(instance)));
  }

  /** Ends a process at once; it is replaced. */
  async kill(instance: Instance): Promise<void> {
    instance.isEnded = true;
    await instance.process.kill();
  }

  /** Ends a process in good order; it is replaced if too few are left. Answers how it ended. */
  terminate(instance: Instance): Promise<number | NodeJS.Signals> {
    instance.isEnded = true;
    this.thaw(instance);
    return instance.process.stop();
  }

  freeze(instance: Instance): void {
    instance.isFrozen = true;
    instance.process.freeze();
  }

  thaw(instance: Instance): void {
    if (!instance.isFrozen) return;
    instance.isFrozen = false;
    instance.process.thaw();
  }

  /** Waits until all that are wanted are ready. Rejects when that takes too long: a service does not get up any more. */
  async whole(signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const { ready, wanted } = this.state;
      if (ready === wanted && ready === this.instances.size) return;
      if (Date.now() > deadline)
        throw new Error(`${ready} of ${wanted} processes take work: ${this.options.logDir}`);
      await pause(100, undefined, { signal });
    }
  }

  /** Ends everything, for good. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.instances].map((instance) => this.kill(instance)));
  }

  private start(service: ServiceName): void {
    const { servers, sessionTimeoutMs, arm } = this.options;
    const process = new ServiceProcess(service, servers, {
      KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
      WAYBILL_RETRY_DELAYS: retryDelays.join(','),
      WAYBILL_SWEEP_EVERY: '3s',
      WAYBILL_OVERDUE_CHECK: 'off',
      ...arm(service),
    });
    const name = `${service}#${(this.started += 1)}`;
    const instance: Instance = {
      name,
      service,
      process,
      readySinceMs: undefined,
      isFrozen: false,
      isEnded: false,
    };
    this.instances.add(instance);
    process.ready().then(
      () => (instance.readySinceMs = Date.now()),
      () => undefined, // it has ended: that is seen below
    );
    void process.ended.then((how) => this.gone(instance, how));
  }

  private async gone(instance: Instance, how: number | NodeJS.Signals): Promise<void> {
    this.instances.delete(instance);
    const lines = instance.process.lines.map(
      (line) => `${JSON.stringify({ instance: instance.name, ...line })}\n`,
    );
    appendFileSync(
      join(this.options.logDir, `${instance.service}.log`),
      [...lines, `${JSON.stringify({ instance: instance.name, ended: how })}\n`].join(''),
    );
    if (this.isOver) return;
    if (!instance.isEnded) this.options.onCrash(instance, how);
    await pause(restartAfterMs);
    const { service } = instance;
    const left = [...this.instances].filter((one) => one.service === service && !one.isEnded).length;
    if (!this.isOver && left < (this.wanted.get(service) ?? 0)) this.start(service);
  }
}

const isAtWork = ({ readySinceMs, isFrozen }: Instance): boolean => readySinceMs !== undefined && !isFrozen;

/** As many of each service. */
export async function scaleAll(fleet: Fleet, count: number): Promise<void> {
  await Promise.all(serviceNames.map((service) => fleet.scale(service, count)));
}
