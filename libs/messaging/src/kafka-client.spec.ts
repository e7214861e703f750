import { logLevel } from 'kafkajs';
import { consumerConfig } from './consumer-group';
import { createKafka, kafkaConfig } from './kafka-client';

it('routes what kafkajs says to the log that it was given, informative lines as details', () => {
  const lines: unknown[] = [];
  const write = (level: string) => (context: object, message: string) =>
    lines.push([level, context, message]);
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const config = kafkaConfig({ brokers: ['b:9092'], clientId: 'c', log });
  const say = config.logCreator?.(logLevel.INFO);
  for (const level of [logLevel.ERROR, logLevel.WARN, logLevel.INFO])
    say?.({ namespace: 'Consumer', level, label: '', log: { timestamp: '', message: 'text', groupId: 'g' } });

  expect(lines).toEqual(
    ['error', 'warn', 'debug'].map((level) => [
      level,
      { timestamp: '', groupId: 'g', kafka: 'Consumer' },
      'text',
    ]),
  );
});

it('hands on as a reason what kafkajs calls an error: a log takes that name for errors', () => {
  const error = jest.fn();
  const log = { debug: error, info: error, warn: error, error };
  const say = kafkaConfig({ brokers: ['b:9092'], clientId: 'c', log }).logCreator?.(logLevel.INFO);
  const entry = { timestamp: '', message: 'Response Heartbeat', error: 'not a member' };
  say?.({ namespace: 'Connection', level: logLevel.ERROR, label: '', log: entry });
  expect(error).toHaveBeenCalledWith(
    { timestamp: '', reason: 'not a member', kafka: 'Connection' },
    'Response Heartbeat',
  );
});

it('is silent without a log', () => {
  expect(kafkaConfig({ brokers: ['b:9092'], clientId: 'c' }).logLevel).toBe(logLevel.NOTHING);
});

it('keeps idle connections from waking up all the time, but not those where a request waits', () => {
  createKafka({ brokers: ['b:9092'], clientId: 'c' });
  const { prototype } = require('kafkajs/src/network/requestQueue') as {
    prototype: Record<string, () => void>;
  };
  const schedule = (pending: unknown[]) => {
    const queue = { pending, throttledUntil: -1, throttleCheckTimeoutId: null as unknown };
    prototype.scheduleCheckPendingRequests?.call(queue);
    clearTimeout(queue.throttleCheckTimeoutId as NodeJS.Timeout);
    return queue.throttleCheckTimeoutId !== null;
  };
  expect(schedule([])).toBe(false);
  expect(schedule(['a request'])).toBe(true);
});

it('beats well within the session', () => {
  expect(consumerConfig({ groupId: 'g', sessionTimeoutMs: 3000 })).toMatchObject({
    sessionTimeout: 3000,
    heartbeatInterval: 600,
  });
  expect(consumerConfig({ groupId: 'g' })).toMatchObject({
    sessionTimeout: 30_000,
    heartbeatInterval: 1000,
  });
});
