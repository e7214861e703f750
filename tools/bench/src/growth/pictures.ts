import { drawing } from '@waybill/plot';
import type { Curve, Point } from './point';

/** A curve as the text of an SVG file, one plot below the other; void points are left out. */
export function pictureOf(
  { name, about, x, isLogX = false, plots }: Omit<Curve, 'measure'>,
  all: readonly Point[],
): string {
  const points = all.filter(({ curve, faults }) => curve === name && faults.length === 0);
  const series = Map.groupBy(points, (point) => point.series);
  return drawing(
    about,
    plots.map(({ figure, title, y }) => ({
      title,
      x,
      y,
      isLogX,
      series: [...series].map(([line, own]) => ({
        name: line,
        points: own.map((point) => [point.x, point.figures[figure] ?? Number.NaN] as const),
      })),
    })),
  );
}
