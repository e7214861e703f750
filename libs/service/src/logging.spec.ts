import { Writable } from 'node:stream';
import { pino } from 'pino';
import { type Options, pinoHttp } from 'pino-http';
import { logOptions, nestLogParams } from './logging';
import type { ServiceConfig } from './service-config';

const config = { name: 'orders', logLevel: 'info' } as ServiceConfig;
const byItself = (sink: Writable): pino.Logger => pino(logOptions(config), sink);
const inNest = (sink: Writable): pino.Logger =>
  pinoHttp(nestLogParams(config).pinoHttp as Options, sink).logger;

function logged(write: (log: pino.Logger) => void, make = byItself): Record<string, unknown> {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  write(make(sink));
  return JSON.parse(text) as Record<string, unknown>;
}

it('writes one JSON object a line, with level and time as text', () => {
  expect(logged((log) => log.info({ port: 1 }, 'ready'))).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
    service: 'orders',
    pid: process.pid,
    port: 1,
    msg: 'ready',
  });
});

it('keeps the stack of an error', () => {
  expect(logged((log) => log.error({ err: new Error('broken') }, 'request failed'))).toMatchObject({
    err: { type: 'Error', message: 'broken', stack: expect.stringContaining('logging.spec') },
  });
});

it.each([byItself, inNest])(
  'tells of an error what every error has, never the document that it is about: %p',
  (make) => {
    const op = { state: { details: { emailId: 'max@example.com' } } };
    const failed = Object.assign(new Error('write failed'), {
      code: 112,
      writeErrors: [{ err: { op } }],
      result: op,
    });
    const { err } = logged(
      (log) => log.warn({ err: new Error('batch failed', { cause: failed }) }, 'again'),
      make,
    );
    expect(err).toEqual({
      type: 'Error',
      message: 'batch failed',
      stack: expect.any(String),
      cause: { type: 'Error', message: 'write failed', stack: expect.any(String), code: 112 },
    });
  },
);

it.each(['max@example.com', { email: 'max@example.com' }, undefined])(
  'does not tell what is no error: %j',
  (err) => {
    expect(JSON.stringify(logged((log) => log.warn({ err }, 'again')))).not.toContain('example.com');
  },
);

it.each([
  { email_id: 'max@example.com' },
  { order: { email_id: 'max@example.com' } },
  { data: { order: { address: { name: 'max@example.com' } } } },
  { config: { mongo: { uri: 'mongodb://max@example.com' } } },
  { signingKey: 'max@example.com' },
])('hides persons and secrets in %j', (content) => {
  expect(JSON.stringify(logged((log) => log.info(content, 'something')))).not.toContain('example.com');
});
