import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { securitySettings } from './broker-security.mjs';
import { partFolder, pinsFolder } from './cache.mjs';
import { classPathOf, javaCommand } from './java.mjs';

export const kafkaVersion = '4.2.0';

export function kafkaFolders(env) {
  const root = partFolder('kafka', kafkaVersion, env);
  return {
    root,
    libs: join(root, 'libs'),
    template: join(root, 'template'),
    classArchive: join(root, 'classes.jsa'),
    training: join(root, 'training'),
    complete: join(root, 'complete'),
  };
}

/**
 * Lays out the broker's part of a data folder; what an earlier run left there is kept. On `proxied.port` the broker
 * tells its clients to come to `proxied.advertised`, where something stands between them and it. On `secured.port` it
 * wants TLS and a password of `secured.users`.
 */
export function layOutBroker(dataDir, { port, controllerPort, proxied, secured }, env) {
  const data = join(dataDir, 'kafka');
  if (!existsSync(join(data, 'meta.properties'))) {
    cpSync(kafkaFolders(env).template, data, { recursive: true });
    giveOwnClusterId(join(data, 'meta.properties'));
  }
  writeBrokerSettings(dataDir, { port, controllerPort, proxied, secured });
}

export function writeBrokerSettings(dataDir, { port, controllerPort, proxied, secured }) {
  const settings = {
    ...brokerSettings({ port, controllerPort, proxied, secured, data: join(dataDir, 'kafka') }),
    ...(secured ? securitySettings(dataDir, secured.users) : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(settingsFile(dataDir), lines.join(''));
}

/*
 * Positions in documents name their cluster. Two brokers made from the template must not pass for the same one: offsets
 * that start again at zero would look like messages that were already done.
 */
function giveOwnClusterId(file) {
  const clusterId = randomBytes(16).toString('base64url');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^cluster\.id=.*$/m, `cluster.id=${clusterId}`));
}

export function brokerCommand(dataDir, { heapMb = 512 } = {}, env) {
  const { classArchive } = kafkaFolders(env);
  const archive = existsSync(classArchive) ? [`-XX:SharedArchiveFile=${classArchive}`] : [];
  return javaProgram([`-Xmx${heapMb}m`, ...archive], 'kafka.Kafka', [settingsFile(dataDir)], env);
}

export function javaProgram(options, mainClass, args, env) {
  const jvm = ['-Xms128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-XX:-UsePerfData'];
  const quiet = [
    '-Xlog:disable',
    '-Xlog:all=error:stderr',
    '-Djava.awt.headless=true',
    '-Dlog4j2.disableJmx=true',
  ];
  const logging = `-Dlog4j2.configurationFile=file:${join(pinsFolder, 'log4j2.properties')}`;
  const classPath = ['-cp', classPathOf(kafkaFolders(env).libs)];
  return {
    command: javaCommand(env),
    args: [...jvm, ...quiet, ...options, logging, ...classPath, mainClass, ...args],
  };
}

export function settingsFile(dataDir) {
  return join(dataDir, 'server.properties');
}

function brokerSettings({ port, controllerPort, proxied, secured, data }) {
  const behindProxy = proxied ? `,PROXIED://127.0.0.1:${proxied.port}` : '';
  const toProxy = proxied ? `,PROXIED://127.0.0.1:${proxied.advertised}` : '';
  const behindLock = secured ? `,SECURED://127.0.0.1:${secured.port}` : '';
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${behindProxy}${behindLock}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}${toProxy}${behindLock}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT,SECURED:SASL_SSL',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': data,
    'num.partitions': 1,
    'auto.create.topics.enable': false,
    'delete.topic.enable': true,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'log.retention.hours': -1,
    'log.segment.bytes': 67_108_864,
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    'log.index.size.max.bytes': 1_048_576,
    'num.network.threads': 2,
    'num.io.threads': 2,
    'background.threads': 2,
    'num.recovery.threads.per.data.dir': 2,
    // with the default of 9 s a killed broker waits 12 s for its own dead registration to expire
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,
  };
}
