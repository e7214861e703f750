import type { HealthSource } from './health';

/** The part of a kafkajs admin client that the check uses. */
export interface ClusterAdmin {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  describeCluster(): Promise<{ readonly brokers: readonly unknown[] }>;
}

/** Asks the cluster who it is, over a connection of its own. */
export class KafkaHealth implements HealthSource {
  readonly name = 'kafka';
  private connected: Promise<void> | undefined;

  constructor(private readonly admin: ClusterAdmin) {}

  async check(): Promise<void> {
    this.connected ??= this.admin.connect();
    try {
      await this.connected;
      const { brokers } = await this.admin.describeCluster();
      if (brokers.length === 0) throw new Error('the cluster has no broker');
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }
}
