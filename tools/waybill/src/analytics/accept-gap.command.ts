import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandFailure } from '../failure';
import { holding, missingText } from './gaps';
import { type AnalyticsOptions, analyticsOptions, type GapDocument, withAnalytics } from './generations';
import { operator } from './operator';

interface Options extends AnalyticsOptions {
  readonly topic: string;
  readonly partition: number;
}

export function acceptGapCommand(): Command {
  return analyticsOptions(
    new Command('accept-gap').description(
      'let a partition go on that stands still because facts are missing',
    ),
  )
    .addOption(
      new Option('--topic <name>', 'event topic')
        .choices(['orders.events', 'claims.events'])
        .makeOptionMandatory(),
    )
    .requiredOption('--partition <n>', 'partition of it', wholeNumber)
    .addHelpText(
      'after',
      '\nOnly when the facts will not come any more: "waybill analytics status" says which they are. Nothing is invented for\n' +
        'them; every fact shows the whole state of what it is about, so figures are right again from the next one on.',
    )
    .action(acceptGap);
}

async function acceptGap({ topic, partition, ...options }: Options): Promise<void> {
  await withAnalytics(options, async (database) => {
    const generations = await database.countedPositions();
    const found = await database.gaps.find({ topic, partition }).toArray();
    const [gap] = holding(found, [...generations.values()]);
    if (!gap) throw new CommandFailure(`no gap holds ${topic}/${partition}`);
    await database.gaps.updateOne(
      { _id: gap._id, accepted: { $exists: false } },
      { $set: { accepted: { by: operator(), at: new Date() } } },
    );
    for (const line of acceptedLines(gap)) console.log(line);
  });
}

export function acceptedLines(gap: GapDocument): string[] {
  const { topic, partition, offset, got } = gap;
  return [
    `${topic}/${partition}: ${missingText(gap)} are given up`,
    `no figure counts what they said; number ${got} at offset ${offset} shows the whole state, and figures follow it again`,
    'the analytics service goes on within seconds',
  ];
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('wanted a whole number from 0 on');
  return value;
}
