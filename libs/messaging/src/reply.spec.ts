import { KafkaHeaders } from '@nestjs/microservices';
import { type Outcome, replyAddress, replyMessage } from './reply';

const headers = (topic: string, more: Record<string, string | undefined> = {}) => ({
  [KafkaHeaders.CORRELATION_ID]: Buffer.from('c-1'),
  [KafkaHeaders.REPLY_TOPIC]: Buffer.from(topic),
  ...more,
});

it.each([
  ['its own reply topic', 'orders.commands.reply', undefined, undefined],
  ['a foreign reply topic', 'shop.answers.reply', '4', 4],
])('replies to %s', (_what, topic, text, partition) => {
  expect(replyAddress(headers(topic, { [KafkaHeaders.REPLY_PARTITION]: text }))).toEqual({
    kind: 'address',
    address: { topic, correlationId: 'c-1', ...(partition === undefined ? {} : { partition }) },
  });
});

it.each([
  ['one of our own topics', headers('orders.events'), 'not_a_reply_topic'],
  ['our own command topic', headers('shipments.commands'), 'not_a_reply_topic'],
  ['a foreign topic of another kind', headers('billing.ledger'), 'not_a_reply_topic'],
  ['a name that is no topic', headers('../../x.reply'), 'malformed_address'],
  [
    'a partition that is none',
    headers('a.reply', { [KafkaHeaders.REPLY_PARTITION]: '-1' }),
    'malformed_address',
  ],
  [
    'a reply without a correlation id',
    headers('a.reply', { [KafkaHeaders.CORRELATION_ID]: undefined }),
    'malformed_address',
  ],
  ['an empty correlation id', headers('a.reply', { [KafkaHeaders.CORRELATION_ID]: '' }), 'malformed_address'],
  [
    'an overlong correlation id',
    headers('a.reply', { [KafkaHeaders.CORRELATION_ID]: 'x'.repeat(257) }),
    'malformed_address',
  ],
])('does not reply to %s', (_what, asked, reason) => {
  expect(replyAddress(asked)).toEqual({ kind: 'refused', reason });
});

it('does not reply when nobody asked', () => {
  expect(replyAddress({})).toEqual({ kind: 'none' });
  expect(replyAddress({ [KafkaHeaders.CORRELATION_ID]: 'c-1' })).toEqual({ kind: 'none' });
});

const refused: Outcome = {
  outcome: 'refused',
  key: 'order_not_found',
  message: 'no order 10099 in demo-shop',
  errors: [],
};

it('marks a reply as the last one, unless it is an item of a bulk', () => {
  const address = { topic: 'a.reply', partition: 1, correlationId: 'c-1' };
  expect(replyMessage(address, refused)).toEqual({
    topic: 'a.reply',
    partition: 1,
    key: 'c-1',
    value:
      '{"outcome":"refused","key":"order_not_found","message":"no order 10099 in demo-shop","errors":[]}',
    headers: { [KafkaHeaders.CORRELATION_ID]: 'c-1', [KafkaHeaders.NEST_IS_DISPOSED]: Buffer.alloc(1) },
  });
  const item = replyMessage(address, refused, { item: 1, items: 3 });
  expect(item.headers).toEqual({ [KafkaHeaders.CORRELATION_ID]: 'c-1' });
  expect(JSON.parse(String(item.value))).toEqual({ item: 1, items: 3, ...refused });
});
