import { MongoDBContainer } from '@testcontainers/mongodb';
import { GenericContainer, Wait } from 'testcontainers';
import { run } from './commands.mjs';
import { freePort } from './ports.mjs';

const brokerSettings = {
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
  KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
  KAFKA_BROKER_SESSION_TIMEOUT_MS: '2000',
  KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
  KAFKA_LOG_RETENTION_HOURS: '-1',
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
};

/**
 * Broker and database in throw-away containers. The ports are chosen here, so that a restart keeps them.
 *
 * @returns {Promise<import('./stack.mjs').Stack & { docker: (part: 'kafka' | 'mongo', command: string) => Promise<void> }>}
 */
export async function startContainerStack() {
  const [kafkaPort, mongoPort] = [await freePort(), await freePort()];
  const starts = await Promise.allSettled([startKafka(kafkaPort), startMongo(mongoPort)]);
  const started = starts.filter(({ status }) => status === 'fulfilled').map(({ value }) => value);
  const stop = async () => void (await Promise.all(started.map((container) => container.stop())));
  const failure = starts.find(({ status }) => status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const [kafka, mongo] = started;
  return {
    kind: 'docker',
    dataDir: undefined,
    brokers: `127.0.0.1:${kafkaPort}`,
    mongoUri: `mongodb://127.0.0.1:${mongoPort}/?directConnection=true`,
    docker: (part, command) => docker(command, (part === 'kafka' ? kafka : mongo).getId()),
    stop,
  };
}

async function docker(command, container) {
  const { code, output } = await run('docker', [command, container]);
  if (code !== 0) throw new Error(`docker ${command} failed: ${output}`);
}

function startKafka(port) {
  return new GenericContainer('apache/kafka:4.2.0')
    .withEnvironment({ ...brokerSettings, KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}` })
    .withExposedPorts({ container: 9092, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
}

function startMongo(port) {
  return new MongoDBContainer('mongo:8').withExposedPorts({ container: 27_017, host: port }).start();
}
