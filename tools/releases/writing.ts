import { secondVersion } from './second-version';

/** Writes version 2. */
export const orderAggregate = secondVersion(2);
