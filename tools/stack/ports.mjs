import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StackError } from './commands.mjs';

/*
 * Below the range from which the operating system takes the source ports of outgoing connections (32768 and up on Linux,
 * 49152 on macOS). A client that keeps knocking at a stopped server's port inside that range can connect to itself, and
 * the port is then taken when the server comes back.
 */
const lowestPort = 20_000;
const highestPort = 32_000;

export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export async function freePort() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(lowestPort, highestPort);
    if (await isFree(port)) return port;
  }
  throw new StackError(`no free port found between ${lowestPort} and ${highestPort} on 127.0.0.1`);
}

/** The wanted port if it is free, any free one when none is wanted. */
export async function claimPort(wanted, option) {
  if (!wanted) return freePort();
  if (await isFree(wanted)) return wanted;
  throw new StackError(
    `port ${wanted} is taken by another process: stop it, or give another port with ${option}`,
  );
}
