import { Agent, get } from 'node:http';
import type { Child } from '../child';
import { delaysOf } from '../latency';
import { cpuMs, loadAverage } from '../process-usage';

/** Requests to a service, one after the other on each connection. */
export interface Answered {
  readonly what: string;
  /** How many orders there were. */
  readonly orders: number;
  /** Connections. */
  readonly at: number;
  readonly requests: number;
  /** Requests a second by wall clock. */
  readonly rate: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the service and of the database for a request, microseconds. */
  readonly serviceUs: number;
  readonly databaseUs: number;
  readonly load: number;
  readonly faults: readonly string[];
}

export interface Question {
  readonly what: string;
  readonly orders: number;
  readonly path: (i: number) => string;
  /** Whether this is the answer to it. */
  readonly isRight: (body: string, i: number) => boolean;
}

const warmUpShare = 0.25;

/** Asks over `at` connections that stay open, for so many seconds and a warm-up before. */
export async function ask(
  service: Child,
  database: number,
  { what, orders, path, isRight }: Question,
  at: number,
  seconds: number,
): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: at });
  const port = Number((await service.until(({ msg }) => msg === 'ready', 'it was ready'))['port']);
  let asked = 0;
  let wrong = 0;
  const askUntil = async (endMs: number): Promise<number[]> => {
    const waits: number[] = [];
    const one = async () => {
      while (performance.now() < endMs) {
        const i = asked++;
        const begin = performance.now();
        const { status, body } = await fetchBody(agent, port, path(i));
        waits.push(performance.now() - begin);
        if (status !== 200 || !isRight(body, i)) wrong++;
      }
    };
    await Promise.all(Array.from({ length: at }, one));
    return waits;
  };
  const cpu = () => ({ service: cpuMs(service.pid), database: cpuMs(database) });
  await askUntil(performance.now() + seconds * 1000 * warmUpShare);
  const before = cpu();
  const begin = performance.now();
  const waits = await askUntil(begin + seconds * 1000);
  const ms = performance.now() - begin;
  const after = cpu();
  agent.destroy();
  const us = (part: 'service' | 'database') =>
    Math.round(((after[part] - before[part]) * 1000) / waits.length);
  const { p50, p99 } = delaysOf(waits, 1);
  return {
    what,
    orders,
    at,
    requests: waits.length,
    rate: Math.round((waits.length * 1000) / ms),
    p50,
    p99,
    serviceUs: us('service'),
    databaseUs: us('database'),
    load: loadAverage(),
    faults: wrong === 0 ? [] : [`${wrong} of ${asked} answers were wrong`],
  };
}

const fetchBody = (
  agent: Agent,
  port: number,
  path: string,
): Promise<{ readonly status: number | undefined; readonly body: string }> =>
  new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    }).on('error', reject);
  });
