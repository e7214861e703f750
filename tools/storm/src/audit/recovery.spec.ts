import { commandOf, record } from './records.spec-data';
import { slowestAnswer } from './recovery';

const asked = (id: string, timestampMs: number) => ({
  ...commandOf('orders', 'k', id, {}, { kafka_correlationId: id }),
  timestampMs,
});
const answered = (id: string, timestampMs: number) => ({
  ...record('orders.commands.reply', 'k', {}, { kafka_correlationId: id }),
  timestampMs,
});

test('the longest wait for a first answer is found', () => {
  const commands = [asked('a', 1000), asked('b', 2000), asked('b', 9000), asked('c', 3000)];
  const replies = [answered('a', 1100), answered('b', 4000), answered('b', 9000), answered('c', 3500)];
  expect(slowestAnswer({ commands, replies, retried: [] })).toEqual({ ms: 2000, command: 'b' });
});

test('whoever waits for a reference is not counted, nor what a service has handed on', () => {
  const handedOn = {
    ...commandOf('orders', 'k', 'b', {}, { kafka_correlationId: 'b', 'waybill-origin': '{}' }),
    timestampMs: 0,
  };
  const commands = [asked('a', 1000), asked('b', 2000), handedOn];
  const replies = [answered('a', 9000), answered('b', 2500)];
  const retried = [record('orders.retry.1s', 'k', {}, { kafka_correlationId: 'a' })];
  expect(slowestAnswer({ commands, replies, retried })).toEqual({ ms: 500, command: 'b' });
});

test('where nobody asked there is none', () => {
  expect(
    slowestAnswer({ commands: [commandOf('orders', 'k', 'a')], replies: [], retried: [] }),
  ).toBeUndefined();
});
