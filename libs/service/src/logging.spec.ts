import { Writable } from 'node:stream';
import { pino } from 'pino';
import { logOptions } from './logging';

function logged(write: (log: pino.Logger) => void): Record<string, unknown> {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  write(pino(logOptions({ name: 'orders', logLevel: 'info' }), sink));
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

it.each([
  { email_id: 'max@example.com' },
  { order: { email_id: 'max@example.com' } },
  { data: { order: { address: { name: 'max@example.com' } } } },
  { config: { mongo: { uri: 'mongodb://max@example.com' } } },
  { signingKey: 'max@example.com' },
])('hides persons and secrets in %j', (content) => {
  expect(JSON.stringify(logged((log) => log.info(content, 'something')))).not.toContain('example.com');
});
