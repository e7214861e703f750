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
export const isAway = (error: unknown): boolean =>
  isDatabaseAway(error) || (error instanceof Error && 'retriable' in error && error.retriable === true);
