const databaseAway = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'MongoServerSelectionError',
  'MongoTopologyClosedError',
  'MongooseServerSelectionError',
]);

/** The driver found no server, or lost it. */
export const isDatabaseAway = (error: unknown): boolean =>
  error instanceof Error && databaseAway.has(error.name);

/** Kafka or MongoDB went away for now, or is only just coming up: trying again can help. */
export const isAway = (error: unknown): boolean => isDatabaseAway(error) || isBrokerAway(error);

function isBrokerAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // kafkajs calls an error final when it has tried often enough; whether a later try can help, the first error says
  if (error.name === 'KafkaJSNumberOfRetriesExceeded') return isBrokerAway(error.cause);
  return 'retriable' in error && error.retriable === true;
}
