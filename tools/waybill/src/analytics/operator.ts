import { hostname, userInfo } from 'node:os';

/** Whoever runs this command, for other operators to see. */
export const operator = (): string => `${userInfo().username}@${hostname()} (process ${process.pid})`;
