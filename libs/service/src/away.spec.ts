import { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { mongo } from 'mongoose';
import { isAway, isDatabaseAway } from './away';

const closed = new KafkaJSConnectionError('Closed connection', { broker: 'b' });
const final = new KafkaJSNonRetriableError('Not authorised');
const tries = { retryCount: 8, retryTime: 5000 };

test.each([
  { what: 'a lost connection', error: closed, away: true },
  {
    what: 'one that was lost until kafkajs gave up',
    error: new KafkaJSNumberOfRetriesExceeded(closed, tries),
    away: true,
  },
  { what: 'a refusal', error: final, away: false },
  {
    what: 'a refusal that came again and again',
    error: new KafkaJSNumberOfRetriesExceeded(final, tries),
    away: false,
  },
  { what: 'a database that does not answer', error: new mongo.MongoNetworkError('gone'), away: true },
  { what: 'a bug', error: new TypeError('undefined is not a function'), away: false },
  { what: 'no error at all', error: 'gone', away: false },
])('$what is away: $away', ({ error, away }) => {
  expect(isAway(error)).toBe(away);
});

test('a broker is no database', () => {
  expect(isDatabaseAway(closed)).toBe(false);
});
