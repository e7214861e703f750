import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { StackError } from './commands.mjs';
import { isRunning } from './processes.mjs';

/** True when the broker counts itself as registered. An open port alone is too early. */
export async function kafkaAnswers(port) {
  const metadataRequest = Buffer.concat([
    int16(3), // Metadata
    int16(1), // version
    int32(1), // correlation id
    int16(5),
    Buffer.from('probe'),
    int32(0), // no topics
  ]);
  const answer = await ask(
    port,
    Buffer.concat([int32(metadataRequest.length), metadataRequest]),
    (received) => (received.length < 4 ? Infinity : received.readInt32BE(0) + 4),
  );
  return answer?.readInt32BE(8) === 1; // number of brokers
}

/** True when the server would take a write. */
export async function mongoAnswers(port) {
  const members = Buffer.concat([
    Buffer.from('\x10hello\0'),
    int32le(1),
    Buffer.from('\x02$db\0'),
    int32le(6),
    Buffer.from('admin\0\0'),
  ]);
  const hello = Buffer.concat([int32le(members.length + 4), members]);
  const opMsg = [int32le(21 + hello.length), int32le(1), int32le(0), int32le(2013), int32le(0), Buffer.of(0)];
  const answer = await ask(port, Buffer.concat([...opMsg, hello]), (received) =>
    received.length < 4 ? Infinity : received.readInt32LE(0),
  );
  const name = 'isWritablePrimary\0';
  const at = answer?.indexOf(name) ?? -1;
  return at > 0 && answer[at + name.length] === 1;
}

/** Waits until a started server answers. Fails with the end of its log when it dies first or takes too long. */
export async function untilReady(answers, { name, process, port, logFile, patienceMs = 60_000 }) {
  const deadline = Date.now() + patienceMs;
  while (!(await answers(port))) {
    // a port that answers proves nothing once the process that we started is gone
    if (!isRunning(process)) throw new StackError(`${name} ended before it was ready\n${endOf(logFile)}`);
    if (Date.now() > deadline) throw new StackError(`${name} was not ready in time\n${endOf(logFile)}`);
    await pause(25);
  }
  if (!isRunning(process)) throw new StackError(`another process answers on the port of ${name}, ${port}`);
}

function ask(port, request, lengthOf) {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => done(undefined));
    socket.on('error', () => done(undefined));
    socket.on('close', () => done(undefined));
    socket.on('data', (part) => {
      received = Buffer.concat([received, part]);
      if (received.length >= lengthOf(received)) done(received);
    });
  });
}

function endOf(logFile, lines = 15) {
  try {
    const text = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    return `the end of ${logFile}:\n${text}`;
  } catch {
    return `there is no log file ${logFile}`;
  }
}

function int16(value) {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

function int32le(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}
