import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { MessagingLog, Tracing } from '@waybill/messaging';
import type { ServiceConfig } from '../service-config';

/** A collector that is away must not keep a process from ending. */
const closeWithinMs = 1000;
const mostLinesEveryMs = 60_000;

/** Traces of a service. OpenTelemetry is loaded only where a collector is named. */
export class ServiceTracing implements OnApplicationShutdown {
  private constructor(
    /** For the engine; undefined where nothing is traced. */
    readonly messages: Tracing | undefined,
    private readonly close: () => Promise<void>,
  ) {}

  static async open(
    { name, tracing }: ServiceConfig,
    log: Pick<MessagingLog, 'warn'>,
  ): Promise<ServiceTracing> {
    if (!tracing) return new ServiceTracing(undefined, async () => {});
    const [{ openTracer }, { MessageSpans }] = await Promise.all([
      import('./open-tracer'),
      import('./message-spans'),
    ]);
    const { tracer, close } = await openTracer({ ...tracing, service: name, onFault: seldom(log) });
    return new ServiceTracing(new MessageSpans(tracer), close);
  }

  /** Consumers have stopped by now, so all spans have ended. */
  async onApplicationShutdown(): Promise<void> {
    const closed = this.close().catch(() => undefined);
    await Promise.race([closed, delay(closeWithinMs, undefined, { ref: false })]);
  }
}

function seldom(log: Pick<MessagingLog, 'warn'>): (error: unknown) => void {
  let saidAtMs = -Infinity;
  return (err) => {
    const nowMs = performance.now();
    if (nowMs - saidAtMs < mostLinesEveryMs) return;
    saidAtMs = nowMs;
    log.warn({ err }, 'traces could not be sent');
  };
}
