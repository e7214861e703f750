import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ensureKafkaTools, kafkaToolsCommand } from '@waybill/stack';
import type { Servers } from './service-process';

const separator = '\t';

/** Fetches Kafka's command line tools unless they are there. */
export const installKafkaTools = (): Promise<void> => ensureKafkaTools(() => undefined);

export interface ConsoleLine {
  readonly key: string;
  /** Must be one line. */
  readonly value: string;
  /** As `name:value,name:value`; asks for headers on all lines of a run. */
  readonly headers?: string;
}

/** Writes lines with the console producer of the Kafka distribution, as a person at a terminal does. */
export async function produceByConsole(
  { brokers }: Servers,
  topic: string,
  lines: readonly ConsoleLine[],
  compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd' = 'none',
): Promise<void> {
  const withHeaders = lines.some(({ headers }) => headers !== undefined);
  const { command, args } = kafkaToolsCommand('console-producer', [
    '--bootstrap-server',
    brokers.join(','),
    '--topic',
    topic,
    '--compression-codec',
    compression,
    '--reader-property',
    'parse.key=true',
    '--reader-property',
    `key.separator=${separator}`,
    ...(withHeaders ? ['--reader-property', 'parse.headers=true'] : []),
  ]);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const typed = lines.map(({ key, value, headers = '' }) =>
    [...(withHeaders ? [headers] : []), key, value].join(separator),
  );
  child.stdin.end(typed.map((line) => `${line}\n`).join(''));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the console producer ended with ${code}: ${(await said).join('\n')}`);
}
