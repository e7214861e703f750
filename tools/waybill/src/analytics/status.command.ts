import { Command } from 'commander';
import { brokersOf } from '../connection';
import { endsOf } from '../kafka/rest';
import { connectKafka, withAdmin } from '../kafka/connect';
import { columns, grouped } from '../screen/columns';
import { byPlace, countedTopics } from './counted-offsets';
import { holding, missingIn, missingText } from './gaps';
import {
  type AnalyticsOptions,
  analyticsOptions,
  type GapDocument,
  type GenerationsDocument,
  withAnalytics,
} from './generations';

/** What {@link statusLines} shows. */
export interface Status {
  readonly document: GenerationsDocument;
  /** By generation: the live one, and the one that is being built. */
  readonly positions: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Where partitions end, by `topic/partition`. */
  readonly ends: ReadonlyMap<string, number>;
  readonly gaps: readonly GapDocument[];
}

export function statusCommand(): Command {
  return analyticsOptions(
    new Command('status').description('generations of figures, how far they are, and what holds them up'),
  ).action(status);
}

async function status(options: AnalyticsOptions): Promise<void> {
  const brokers = brokersOf(options);
  const ends = await withAdmin(connectKafka(brokers), brokers, (admin) => endsOf(admin, countedTopics));
  await withAnalytics(options, async (database) => {
    const document = await database.read();
    const positions = await database.countedPositions();
    const gaps = await database.gaps.find().sort({ _id: 1 }).toArray();
    for (const line of statusLines({ document, positions, ends, gaps })) console.log(line);
  });
}

export function statusLines({ document, positions, ends, gaps }: Status): string[] {
  const rows = [...positions].flatMap(([number, counted]) =>
    countedTopics.map((topic) => {
      const behind = behindIn(topic, counted, ends);
      return [String(number), stateOf(document, number), topic, grouped(behind)];
    }),
  );
  const heads = [
    { title: 'GENERATION' },
    { title: '' },
    { title: 'TOPIC' },
    { title: 'BEHIND', align: 'right' as const },
  ];
  const held = holding(gaps, [...positions.values()]);
  const missing = gaps.filter(({ accepted }) => accepted);
  return [
    ...columns(heads, rows),
    ...rebuildLines(document),
    ...held.map(
      (gap) =>
        `${gap.topic}/${gap.partition} is held at ${gap.offset} since ${gap.foundAt.toISOString()}: ${missingText(gap)} are missing`,
    ),
    ...missing.map(
      (gap) =>
        `${gap.topic}/${gap.partition}: ${missingText(gap)} were given up by ${gap.accepted?.by} at ${gap.accepted?.at.toISOString()}`,
    ),
    ...(missing.length > 0
      ? [`${missing.reduce((sum, gap) => sum + missingIn(gap), 0)} facts are missing for good`]
      : []),
  ];
}

function stateOf({ live, rebuild }: GenerationsDocument, number: number): string {
  return number === live ? 'answers' : `is ${rebuild?.stage}`;
}

function rebuildLines({ rebuild, retired = [] }: GenerationsDocument): string[] {
  const asked =
    rebuild && rebuild.stage !== 'switched'
      ? [`generation ${rebuild.number} was asked for by ${rebuild.by} at ${rebuild.at.toISOString()}`]
      : [];
  return [...asked, ...retired.map((number) => `generation ${number} is being thrown away`)];
}

function behindIn(
  topic: string,
  counted: ReadonlyMap<string, number>,
  ends: ReadonlyMap<string, number>,
): number {
  const next = byPlace(counted);
  return [...ends]
    .filter(([place]) => place.startsWith(`${topic}/`))
    .reduce((sum, [place, end]) => sum + Math.max(0, end - (next.get(place) ?? 0)), 0);
}
