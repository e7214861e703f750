import type { EngineReports, FactsAlarm } from '@waybill/messaging';
import type { ServiceMetrics } from '@waybill/service';
import { Counter } from 'prom-client';
import type { PinoLogger } from 'nestjs-pino';
import type { Rewound } from './align-group';
import type { FeedParts } from './generation-feed';

/** Tells log and metrics what happens in the feeds. Metrics are about what answers; the log is about every generation. */
export class FeedWitness {
  private readonly missing;

  constructor(
    private readonly metrics: ServiceMetrics,
    private readonly log: PinoLogger,
    private readonly live: () => number | undefined,
  ) {
    this.missing = new Counter({
      name: 'waybill_facts_missing_total',
      help: 'Facts that are missing for good: gaps that an operator let pass',
      labelNames: ['topic'],
      registers: [metrics.registry],
    });
  }

  /** For the feed of one generation. */
  of(number: number): Pick<FeedParts, 'reports' | 'witness' | 'onRewound'> {
    let isTold = false;
    // one that was live once has to take back what it has told
    const isOurs = () => (isTold ||= this.live() === number);
    return {
      reports: this.reports(isOurs),
      onRewound: (topic, rewound) => this.rewound(number, topic, rewound),
      witness: {
        onAlarm: (alarm) => this.alarm(number, alarm, isOurs()),
        onPassed: ({ fact: { topic, partition, offset, sequence }, expected }) => {
          const missing = sequence - expected;
          this.log.warn({ number, topic, partition, offset, missing }, 'facts are missing for good');
          if (isOurs()) this.missing.inc({ topic }, missing);
        },
      },
    };
  }

  private reports(isOurs: () => boolean): EngineReports {
    const { lag, backingOff, held } = this.metrics.reports;
    const told =
      <R>(tell: (report: R) => void) =>
      (report: R) => {
        if (isOurs()) tell(report);
      };
    return { lag: told(lag), backingOff: told(backingOff), held: told(held) };
  }

  private alarm(number: number, alarm: FactsAlarm, isOurs: boolean): void {
    const { kind, topic, partition, offset } = alarm;
    const place = { kind, topic, partition, offset };
    const numbers = alarm.kind === 'gap' ? { expected: alarm.expected, got: alarm.got } : {};
    this.log.error({ number, ...place, ...numbers }, 'facts are missing or unreadable');
    if (isOurs) this.metrics.reports.alarm(place);
  }

  private rewound(number: number, topic: string, rewound: readonly Rewound[]): void {
    for (const { partition, from, committed } of rewound)
      this.log.warn(
        { number, topic, partition, from, committed },
        'the database is behind its group (restored from a backup?): facts are counted again',
      );
  }
}
