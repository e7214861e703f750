import { join } from 'node:path';
import { Random } from '@waybill/aggregates/simulated';
import { Decoders } from './decoders';
import { fuzz } from './fuzz';
import { hostileRecord } from './hostile-record';
import { validMessages } from './valid-messages';

const messages = validMessages(join(__dirname, '../../../..'));

it('no message makes a decoder throw, pollute a prototype or say more than one thing', async () => {
  const { breach, ...counts } = await fuzz(0, 4000, messages);
  expect(breach).toBeUndefined();
  // inputs of every kind, or this would prove nothing
  expect(Math.min(counts.unreadable, counts.refused, counts.valid)).toBeGreaterThan(300);
}, 120_000);

it('an input can be made again from its number', () => {
  expect(hostileRecord(new Random(17), messages)).toEqual(hostileRecord(new Random(17), messages));
});

it('sees it when a prototype is changed', async () => {
  const decoders = new Decoders();
  const take = () => decoders.take(hostileRecord(new Random(1), messages), 1);
  await expect(take()).resolves.toBeDefined();
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  polluted['polluted'] = 1;
  try {
    await expect(take()).rejects.toThrow('a prototype was changed');
  } finally {
    delete polluted['polluted'];
  }
});
