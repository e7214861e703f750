import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Child } from '../child';
import { ask } from './ask';

let server: Server;
let connections = 0;
let answers: (path: string) => { readonly status: number; readonly body: string };

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const { status, body } = answers(url);
    response.writeHead(status).end(body);
  });
  server.on('connection', () => connections++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

const asked = (at: number) => {
  const { port } = server.address() as AddressInfo;
  const service = { pid: process.pid, until: async () => ({ port }) } as unknown as Child;
  const question = {
    what: 'a number',
    orders: 9,
    path: (i: number) => `/${i % 2}`,
    isRight: (body: string, i: number) => body === String(i % 2),
  };
  return ask(service, process.pid, question, at, 0.05);
};

it('asks over as many connections as it is told to, which stay open', async () => {
  answers = (path) => ({ status: 200, body: path.slice(1) });
  connections = 0;
  const { requests, faults, orders, at } = await asked(3);
  expect({ faults, orders, at }).toEqual({ faults: [], orders: 9, at: 3 });
  expect(requests).toBeGreaterThanOrEqual(3);
  expect(connections).toBe(3);
});

it.each([
  ['the answer to another question', () => ({ status: 200, body: '1' })],
  ['an error', (path: string) => ({ status: 500, body: path.slice(1) })],
])('%s makes it void', async (_, given) => {
  answers = given;
  expect((await asked(1)).faults).toHaveLength(1);
});
