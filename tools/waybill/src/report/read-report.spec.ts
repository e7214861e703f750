import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readReport } from './read-report';

const question = { report: 'orders', shop: 'demo-shop', search: { from: '2026-01-01', to: '2026-02-01' } };

describe('what does not answer as analytics does', () => {
  let server: Server;
  let url: string;
  let answer: readonly [status: number, body: string];
  beforeAll(async () => {
    server = createServer((_, response) => response.writeHead(answer[0]).end(answer[1]));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  it.each([
    { what: 'a page', answered: [200, '<html>'], message: /does not answer as analytics does$/ },
    { what: 'a proxy', answered: [502, 'Bad Gateway'], message: /answers 502, and not as analytics does$/ },
    {
      what: 'a service that starts',
      answered: [503, JSON.stringify({ message: 'the service is starting', errors: [] })],
      message: /^analytics answers 503: the service is starting$/,
    },
  ] as const)('$what ends it with 1', async ({ answered, message }) => {
    answer = answered;
    await expect(readReport(url, question)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(message),
    });
  });

  it('faults of the question end it with 2, each with its option', async () => {
    const errors = [
      { field: 'group_by', msg: 'is none' },
      { field: 'slug', msg: 'is too long' },
    ];
    answer = [422, JSON.stringify({ message: '2 fields are not valid', errors })];
    await expect(readReport(url, question)).rejects.toMatchObject({
      exitCode: 2,
      message: '--group-by is none\n--shop is too long',
    });
  });

  it.each(['http://127.0.0.1:1', 'nonsense'])('%s ends it with 1', async (nowhere) => {
    await expect(readReport(nowhere, question)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`analytics at ${nowhere} does not answer`),
    });
  });
});
