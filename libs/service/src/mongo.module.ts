import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { type Connection, createConnection } from 'mongoose';
import { Health, type HealthSource } from './health';
import type { MongoConfig } from './service-config';

const configToken = Symbol('mongo config');

/** Opens the connection when it is first asked for and again if that failed; once open, the driver reconnects by itself. */
@Injectable()
class MongoHealth implements HealthSource, OnApplicationShutdown {
  readonly name = 'mongodb';

  constructor(
    @Inject(configToken) private readonly config: MongoConfig,
    @Inject(getConnectionToken()) private readonly connection: Connection,
    health: Health,
  ) {
    health.add(this);
  }

  async check(): Promise<void> {
    if (this.connection.db === undefined) await this.open();
    await this.connection.db?.command({ ping: 1 });
  }

  private async open(): Promise<void> {
    await this.connection.openUri(this.config.uri, {
      ...this.config.security,
      dbName: this.config.database,
      appName: `waybill-${this.config.database}`,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      serverSelectionTimeoutMS: 5000,
      // a server that answers nothing at all is noticed by its monitor: after 10 s instead of the driver's 40
      connectTimeoutMS: 5000,
      heartbeatFrequencyMS: 5000,
    });
  }

  // consumers and HTTP have stopped by now, nothing uses the connection any more
  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}

/** The app's one MongoDB connection, under the token of `@InjectConnection()`. The app starts without it and waits for it. */
@Module({})
export class MongoModule {
  static forRoot(config: MongoConfig): DynamicModule {
    return {
      module: MongoModule,
      global: true,
      providers: [
        { provide: configToken, useValue: config },
        { provide: getConnectionToken(), useFactory: () => createConnection() },
        MongoHealth,
      ],
      exports: [getConnectionToken()],
    };
  }
}
