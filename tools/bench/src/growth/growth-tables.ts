import { table } from '../tables';
import type { Curve, Point } from './point';

/** A table for each curve that has points. */
export function growthTables(
  curves: readonly Pick<Curve, 'name' | 'about' | 'x'>[],
  all: readonly Point[],
): string[] {
  return curves.flatMap(({ name, about, x }) => {
    const points = all.filter(({ curve }) => curve === name);
    const figures = Object.keys(points[0]?.figures ?? {});
    if (figures.length === 0) return [];
    const heads = ['of', x, ...figures, 'load', 'void'];
    const rows = points.map((point) => [
      point.series,
      String(point.x),
      ...figures.map((figure) => String(point.figures[figure])),
      point.load.toFixed(1),
      point.faults.join('; '),
    ]);
    return [about, '', ...table(heads, rows), ''];
  });
}
