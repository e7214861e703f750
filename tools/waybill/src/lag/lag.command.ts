import { setTimeout as pause } from 'node:timers/promises';
import { topicManifest } from '@waybill/contracts';
import { Command } from 'commander';
import { brokersOf, type ConnectionOptions, withConnection } from '../connection';
import { connectKafka, withAdmin } from '../kafka/connect';
import { columns, grouped } from '../screen/columns';
import { type Paint, paintFor } from '../screen/paint';
import { untilInterrupted } from '../screen/interruption';
import { type PartitionLag, readLag } from './lag';

interface Options extends ConnectionOptions {
  readonly group?: string;
  readonly all?: boolean;
  readonly watch?: boolean;
  readonly json?: boolean;
}

const everyMs = 2000;

export function lagCommand(): Command {
  return withConnection(new Command('lag').description('how many messages consumer groups are behind'))
    .option('--group <id>', 'only this group')
    .option('--all', 'partitions without lag, too')
    .option('--watch', `again every ${everyMs / 1000} s, until Ctrl-C`)
    .option('--json', 'one JSON object for each partition')
    .action(lag);
}

async function lag(options: Options): Promise<void> {
  const brokers = brokersOf(options);
  const topics = topicManifest.map(({ name }) => name);
  await withAdmin(connectKafka(brokers), brokers, async (admin) => {
    const show = async () => print(await readLag(admin, topics, options.group), options);
    if (!options.watch) return show();
    await untilInterrupted(async (signal) => {
      for (;;) {
        if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[H');
        await show();
        await pause(everyMs, undefined, { signal });
      }
    });
  });
}

function print(lags: readonly PartitionLag[], { all, json }: Options): void {
  if (json) for (const one of lags) console.log(JSON.stringify(one));
  else for (const line of lagTable(lags, all ?? false, paintFor(process.stdout))) console.log(line);
}

/** A line for each group and topic, one below it for each partition that is behind, and the total. */
export function lagTable(lags: readonly PartitionLag[], all: boolean, paint: Paint): string[] {
  if (lags.length === 0) return ['no group has committed anything in our topics'];
  const topics = Map.groupBy(lags, ({ group, topic }) => JSON.stringify([group, topic]));
  const rows = [...topics.values()].flatMap((partitions) => {
    const [first] = partitions;
    const shown = partitions.filter(({ messages }) => all || messages > 0);
    return [
      [
        first?.group ?? '',
        first?.topic ?? '',
        `${partitions.length} partitions`,
        '',
        '',
        grouped(total(partitions)),
      ],
      ...shown.map(({ partition, committed, end, messages }) => [
        '',
        '',
        `  ${partition}`,
        committed === null ? '–' : String(committed),
        String(end),
        grouped(messages),
      ]),
    ];
  });
  const [head = '', ...lines] = columns(
    [
      { title: 'GROUP' },
      { title: 'TOPIC' },
      { title: 'PARTITION' },
      { title: 'COMMITTED', align: 'right' },
      { title: 'END', align: 'right' },
      { title: 'BEHIND', align: 'right' },
    ],
    rows,
  );
  return [paint.bold(head), ...lines, `${grouped(total(lags))} messages behind in all`];
}

const total = (lags: readonly PartitionLag[]): number =>
  lags.reduce((sum, { messages }) => sum + messages, 0);
