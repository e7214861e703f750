import { inNextVersion, nextVersion } from './next-version';

/** Writes the next version. */
export const orderAggregate = inNextVersion(nextVersion);
