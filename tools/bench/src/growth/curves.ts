import { documents } from './documents';
import { history } from './history';
import { hot } from './hot';
import { lag } from './lag';
import { instances, partitions } from './parallel';
import type { Curve } from './point';

/** In the order in which they are measured. */
export const curves: readonly Curve[] = [lag, documents, history, hot, partitions, instances];
