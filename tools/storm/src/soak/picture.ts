import { drawing, type Panel } from '@waybill/plot';
import type { Sample } from './sample';

/** A soak as the text of an SVG file. */
export function pictureOf(samples: readonly Sample[], caption: string): string {
  const panel = (
    title: string,
    y: string,
    of: (sample: Sample) => Readonly<Record<string, number>>,
  ): Panel => ({
    title,
    x: 'minutes',
    y,
    series: Object.keys(samples[0] ? of(samples[0]) : {}).map((name) => ({
      name,
      points: samples.map((sample) => [sample.seconds / 60, of(sample)[name] ?? Number.NaN] as const),
    })),
  });
  return drawing(caption, [
    panel(`Resident memory. ${caption}`, 'MB', ({ memoryMb }) => memoryMb),
    panel('Open file descriptors', 'count', ({ descriptors }) => descriptors),
    panel('Mean size of an aggregate, BSON', 'KB', ({ documentKb }) => documentKb),
    panel('Records that wait, all groups', 'records', ({ lag }) => ({ all: lag })),
    panel('Commands so far', 'commands', ({ commands }) => ({ all: commands })),
  ]);
}
