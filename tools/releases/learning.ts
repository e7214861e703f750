import { secondVersion } from './second-version';

/** Reads version 2 and does not begin it. */
export const orderAggregate = secondVersion(1);
