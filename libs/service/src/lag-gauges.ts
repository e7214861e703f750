import { Gauge, type Registry } from 'prom-client';

/** How far a consumer is behind on one partition. */
export interface Lag {
  readonly topic: string;
  readonly partition: number;
  readonly messages: number;
  /** How long ago the last finished record was appended. */
  readonly ageMs: number;
}

type Reported = Lag & { readonly reportedAtMs: number };

/** A partition that is not reported any more was given to another instance, which reports it from then on. */
const forgetLagAfterMs = 5 * 60_000;

/** Lag by partition, in messages and in seconds. */
export class LagGauges {
  private readonly lags = new Map<string, Reported>();

  constructor(
    private readonly registry: Registry,
    private readonly now: () => number,
  ) {
    this.gauge('waybill_consumer_lag_messages', 'Records that wait', (lag) => lag.messages);
    this.gauge('waybill_consumer_lag_seconds', 'How far behind the end of the partition, in time', (lag) =>
      this.ageSeconds(lag),
    );
  }

  set(lag: Lag): void {
    this.lags.set(`${lag.topic}/${lag.partition}`, { ...lag, reportedAtMs: this.now() });
  }

  // a stuck consumer reports nothing, so the age goes on growing here
  private ageSeconds(lag: Reported): number {
    return lag.messages === 0 ? 0 : (lag.ageMs + this.now() - lag.reportedAtMs) / 1000;
  }

  private gauge(name: string, help: string, valueOf: (lag: Reported) => number): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['topic', 'partition'],
      registers: [this.registry],
      collect: () => {
        gauge.reset();
        for (const [id, lag] of this.lags) {
          if (lag.messages === 0 && this.now() - lag.reportedAtMs > forgetLagAfterMs) this.lags.delete(id);
          else gauge.set({ topic: lag.topic, partition: lag.partition }, valueOf(lag));
        }
      },
    });
  }
}
