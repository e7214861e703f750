import { inNextVersion, todaysVersion } from './next-version';

/** Reads the next version and does not begin it. */
export const orderAggregate = inNextVersion(todaysVersion);
