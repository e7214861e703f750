import { type EngineReports, undeliverableReasons } from '@waybill/messaging';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { LagGauges } from './lag-gauges';

/**
 * What the engine and the transport report, as Prometheus metrics in a registry of this service's own. The port is
 * plain callbacks (`EngineReports`), so neither of them knows of Prometheus.
 */
export class ServiceMetrics {
  readonly registry = new Registry();
  private readonly lags: LagGauges;
  private readonly stalls = new Map<string, Error>();
  private readonly holds = new Map<string, number>();

  private readonly batchRecords = new Histogram({
    name: 'waybill_batch_records',
    help: 'Records per batch',
    labelNames: ['topic'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: [this.registry],
  });
  private readonly batchSeconds = new Histogram({
    name: 'waybill_batch_duration_seconds',
    help: 'Time from a batch to its facts being published',
    labelNames: ['topic'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });
  private readonly outcomes = new Counter({
    name: 'waybill_command_outcomes_total',
    help: 'Commands by type and outcome; key is the error key of a refusal, the reason of an ignored one, or parked for a failed one that waits behind another',
    labelNames: ['type', 'outcome', 'key'],
    registers: [this.registry],
  });
  private readonly deadLetters = new Counter({
    name: 'waybill_dead_letters_total',
    help: 'Messages put to the dead letters',
    labelNames: ['kind', 'key'],
    registers: [this.registry],
  });
  private readonly undeliverable = new Counter({
    name: 'waybill_replies_undeliverable_total',
    help: 'Replies that had nowhere to go',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  private readonly published = new Counter({
    name: 'waybill_messages_published_total',
    help: 'Messages that the broker has acknowledged, replies left out; what is published again counts again',
    labelNames: ['topic'],
    registers: [this.registry],
  });
  private readonly kept = new Gauge({
    name: 'waybill_kept_commands',
    help: 'Commands that wait for what they are about, as the last sweep found them; every instance sees all',
    registers: [this.registry],
  });
  private readonly keptSeconds = new Gauge({
    name: 'waybill_kept_oldest_seconds',
    help: 'How long the oldest of them waits',
    registers: [this.registry],
  });
  private readonly alarms = new Counter({
    name: 'waybill_facts_alarms_total',
    help: 'Records of event topics that cannot be by construction: gaps in a sequence, and what cannot be read',
    labelNames: ['topic', 'kind'],
    registers: [this.registry],
  });

  /** What transport and engine are given; free functions, so that whoever gets them may spread or wrap them. */
  readonly reports: Required<EngineReports> = {
    batch: ({ topic, records, ms }) => {
      this.batchRecords.observe({ topic }, records);
      this.batchSeconds.observe({ topic }, ms / 1000);
    },
    outcome: ({ type, outcome, key }) => this.outcomes.inc({ type, outcome, key: key ?? '' }),
    deadLetter: ({ kind, key }) => this.deadLetters.inc({ kind, key }),
    lag: (lag) => this.lags.set(lag),
    published: ({ topic, messages }) => this.published.inc({ topic }, messages),
    kept: ({ commands, oldestMs }) => {
      this.kept.set(commands);
      this.keptSeconds.set(oldestMs / 1000);
    },
    replyUndeliverable: ({ reason }) => this.undeliverable.inc({ reason }),
    alarm: ({ topic, kind }) => this.alarms.inc({ topic, kind }),
    backingOff: ({ topic, partition, error }) => {
      if (error === null) this.stalls.delete(`${topic}/${partition}`);
      else this.stalls.set(`${topic}/${partition}`, error);
    },
    held: ({ topic, partition, offset }) => {
      if (offset === null) this.holds.delete(`${topic}/${partition}`);
      else this.holds.set(`${topic}/${partition}`, offset);
    },
  };

  /** @param now milliseconds, injectable for tests */
  constructor(service: string, now: () => number = Date.now) {
    this.registry.setDefaultLabels({ service });
    // its own default wakes an idle process a hundred times a second
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 50 });
    // a series that begins at 1 has no increase, and the first failure would wake nobody
    this.deadLetters.inc({ kind: 'failed', key: 'internal_error' }, 0);
    for (const reason of undeliverableReasons) this.undeliverable.inc({ reason }, 0);
    this.lags = new LagGauges(this.registry, now);
    const backingOff: Gauge = new Gauge({
      name: 'waybill_partitions_backing_off',
      help: 'Partitions whose batch is tried again because something it needs is away',
      registers: [this.registry],
      collect: () => backingOff.set(this.stalls.size),
    });
    const held: Gauge = new Gauge({
      name: 'waybill_partitions_held',
      help: 'Partitions that stand still until an operator acts',
      registers: [this.registry],
      collect: () => held.set(this.holds.size),
    });
  }

  /** Why some batch does not get on at the moment, if one does not. */
  get stalledBy(): Error | null {
    return this.stalls.values().next().value ?? null;
  }

  /** Which partitions of this process stand still until an operator acts, as `<topic>/<partition> at <offset>`. */
  get held(): readonly string[] {
    return [...this.holds].map(([place, offset]) => `${place} at ${offset}`).toSorted();
  }
}
