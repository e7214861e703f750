import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Proxy } from './proxy';

let echo: Server;
let proxy: Proxy;
let ended: Promise<unknown>[];

beforeEach(async () => {
  ended = [];
  echo = createServer((socket) => {
    ended.push(once(socket, 'close'));
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await Proxy.listen(0);
  proxy.to((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function open(): Promise<Socket> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function say(socket: Socket, words: string): Promise<string> {
  const answer = once(socket, 'data');
  socket.write(words);
  return String((await answer)[0]);
}

test('what is said comes through, whole and in order, and so does the end of it', async () => {
  const socket = await open();
  const heard = text(socket);
  const words = Array.from({ length: 20_000 }, (_, i) => `word ${i},`).join('');
  socket.end(words);
  // not compared by Jest, which would print all of it
  expect((await heard) === words).toBe(true);
  await ended[0];
});

test('some connections are cut, on both sides, and the others live', async () => {
  const [first, second] = [await open(), await open()];
  await say(first, 'a');
  await say(second, 'b');
  const gone = once(first, 'close');
  let isFirst = true;
  expect(proxy.cut(() => (isFirst ? !(isFirst = false) : false))).toBe(1);
  await Promise.all([gone, ended[0]]);
  expect(await say(second, 'still here')).toBe('still here');
  expect(proxy.size).toBe(1);
});

test('in a silence nothing comes through, and nothing is lost by it', async () => {
  const socket = await open();
  await say(socket, 'before');
  let end = () => {};
  proxy.fallSilent(new Promise((resolve) => (end = resolve)));
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  socket.write('one');
  // another connection without a proxy shows that the server has had its turn
  const direct = connect((echo.address() as AddressInfo).port, '127.0.0.1');
  await say(direct, 'turn');
  direct.destroy();
  expect(heard).toBe('');
  const all = once(socket, 'data');
  end();
  await all;
  expect(heard).toBe('one');
});

test('held up, words come in the order in which they were said', async () => {
  const socket = await open();
  proxy.delay(30);
  const heard = text(socket);
  for (const word of ['one', 'two', 'three']) socket.write(word);
  socket.end();
  expect(await heard).toBe('onetwothree');
});

test('where no server is, the client is told', async () => {
  proxy.to(1);
  const socket = connect({ port: proxy.port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect(proxy.size).toBe(0);
});
