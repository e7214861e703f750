import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { ensureKafkaTools, kafkaToolsCommand } from './stack.mjs';

describe('the command line tools of the Kafka distribution', () => {
  beforeAll(() => ensureKafkaTools((line) => process.stderr.write(`${line}\n`)), 300_000);

  it('make a topic, write to it and read from it', async () => {
    const topic = `tools-${randomUUID()}`;
    const bootstrap = ['--bootstrap-server', String(process.env.KAFKA_BROKERS)];
    await run('topics', [...bootstrap, '--create', '--topic', topic, '--partitions', '1']);
    const producing = ['--topic', topic, '--reader-property', 'parse.key=true'];
    await run('console-producer', [...bootstrap, ...producing], 'demo-shop/4711\tone\ndemo-shop/4711\ttwo\n');
    const consuming = [
      '--topic',
      topic,
      '--from-beginning',
      '--max-messages',
      '2',
      '--formatter-property',
      'print.key=true',
    ];

    expect(await run('console-consumer', [...bootstrap, ...consuming])).toBe(
      'demo-shop/4711\tone\ndemo-shop/4711\ttwo\n',
    );
  }, 60_000);

  it('are named when one is asked for that does not exist', () => {
    expect(() => kafkaToolsCommand('console-eater', [])).toThrow(
      'there are console-producer, console-consumer',
    );
  });
});

function run(tool: string, args: string[], input = ''): Promise<string> {
  const { command, args: all } = kafkaToolsCommand(tool, args);
  const child = spawn(command, all, { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (errors += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${tool} ended with ${code}\n${errors}${output}`)),
    );
  });
}
