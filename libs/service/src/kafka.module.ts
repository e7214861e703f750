import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createKafka } from '@waybill/messaging';
import type { Admin } from 'kafkajs';
import { Health, type HealthSource } from './health';
import type { KafkaConfig } from './service-config';

export interface KafkaModuleOptions extends KafkaConfig {
  readonly clientId: string;
  /** Topics that must exist before the service takes work. */
  readonly topics: readonly string[];
}

const adminToken = Symbol('kafka admin');
const topicsToken = Symbol('needed topics');

type ClusterAdmin = Pick<Admin, 'connect' | 'disconnect' | 'describeCluster' | 'listTopics'>;

/** Asks the cluster who it is, over a connection of its own; until they were there once, also for the topics. */
@Injectable()
export class KafkaHealth implements HealthSource, OnApplicationShutdown {
  readonly name = 'kafka';
  private connected: Promise<void> | undefined;
  private missing: readonly string[];

  constructor(
    @Inject(adminToken) private readonly admin: ClusterAdmin,
    @Inject(topicsToken) topics: readonly string[],
    health: Health,
  ) {
    this.missing = topics;
    health.add(this);
  }

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
    await this.lookForTopics();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.admin.disconnect();
  }

  private async lookForTopics(): Promise<void> {
    if (this.missing.length === 0) return;
    const existing = new Set(await this.admin.listTopics());
    this.missing = this.missing.filter((topic) => !existing.has(topic));
    if (this.missing.length > 0) {
      throw new Error(`no topic ${this.missing.join(', ')}: "waybill topics apply" makes them`);
    }
  }
}

/** The cluster among the health sources of an app. */
@Module({})
export class KafkaModule {
  static forRoot({ topics, ...kafka }: KafkaModuleOptions): DynamicModule {
    return {
      module: KafkaModule,
      providers: [
        { provide: adminToken, useFactory: () => createKafka(kafka).admin() },
        { provide: topicsToken, useValue: topics },
        KafkaHealth,
      ],
    };
  }
}
