import type { Admin } from 'kafkajs';
import type { PartitionProgress } from './batch-loop';
import type { BatchServerKafkaOptions } from './batch-server-kafka';
import type { KafkaSettings } from './kafka-client';
import { ProgressWatchdog, type Stall } from './progress-watchdog';
import type { EngineReports } from './reports';

export interface WatchedGroupOptions {
  readonly admin: Pick<Admin, 'fetchOffsets' | 'fetchTopicOffsets'>;
  readonly kafka: KafkaSettings;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly reports: EngineReports;
  /** The consumer is dead or stands still: the process should end, it will be started again. */
  readonly onBroken: (error: Error) => void;
}

type BackingOff = Parameters<NonNullable<EngineReports['backingOff']>>[0];

const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic}/${partition}`;

/** A consumer group of a service: what its transport needs, with an eye on whether it gets on. */
export class WatchedGroup {
  // what holds up one group is no excuse for another one that stands still
  private readonly failing = new Set<string>();
  /** Partitions that wait for an operator. kafkajs keeps them paused, also while they are somebody else's. */
  private readonly held = new Map<string, PartitionProgress>();
  private readonly watchdog: ProgressWatchdog;

  constructor(private readonly options: WatchedGroupOptions) {
    const { admin, groupId, topics, onBroken } = options;
    this.watchdog = new ProgressWatchdog(admin, {
      groupId,
      topics,
      isExcused: () => this.failing.size > 0,
      onStall: (stall) => onBroken(new Error(stallText(stall))),
    });
    this.watchdog.start();
  }

  /** For a transport of one's own: `new BatchServerKafka({ ...group.transport, transportId })`. */
  get transport(): Omit<BatchServerKafkaOptions, 'transportId'> {
    const { kafka, groupId, sessionTimeoutMs, reports, onBroken } = this.options;
    return {
      kafka,
      groupId,
      sessionTimeoutMs,
      drainMs,
      reports: { ...reports, backingOff: (report) => this.backingOff(report) },
      onDead: onBroken,
      onAssigned: (assignment) => this.assigned(assignment),
      onProgress: (progress) => this.progressed(progress),
    };
  }

  stop(): void {
    this.watchdog.stop();
  }

  private assigned(assignment: Readonly<Record<string, readonly number[]>>): void {
    this.watchdog.assigned(assignment);
    for (const progress of this.held.values()) {
      const { topic, partition, nextOffset } = progress;
      const isOurs = assignment[topic]?.includes(partition) === true;
      this.options.reports.held?.({ topic, partition, offset: isOurs ? nextOffset : null });
      if (isOurs) this.watchdog.progressed(progress);
    }
  }

  private progressed(progress: PartitionProgress): void {
    const { topic, partition, nextOffset, waitsUntilMs } = progress;
    this.watchdog.progressed(progress);
    if (waitsUntilMs === Infinity) this.held.set(placeOf(progress), progress);
    else if (!this.held.delete(placeOf(progress))) return;
    const offset = waitsUntilMs === Infinity ? nextOffset : null;
    this.options.reports.held?.({ topic, partition, offset });
  }

  private backingOff(report: BackingOff): void {
    const { topic, partition, error } = report;
    const place = placeOf(report);
    if (error) {
      if (!this.failing.has(place))
        this.options.kafka.log?.warn({ topic, partition, err: error }, 'a batch failed and is tried again');
      this.failing.add(place);
    } else this.failing.delete(place);
    this.options.reports.backingOff?.(report);
  }
}

/** Within the ten seconds that an orchestrator gives: transports drain first, then connections close. */
const drainMs = 7000;

const stallText = ({ topic, partition, offset, lag, stalledMs }: Stall): string =>
  `${topic}/${partition} stands at ${offset} for ${Math.round(stalledMs / 1000)} s while ${lag} records wait`;
