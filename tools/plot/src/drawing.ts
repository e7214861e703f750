import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';

/** A line. Points come in the order in which they are joined; one that is no number leaves a gap. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** One plot with axes of its own. Its y axis begins at 0. */
export interface Panel {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** Powers of ten along x: all x must be above 0. */
  readonly isLogX?: boolean;
}

const width = 760;
const height = 250;
const margin = { top: 34, right: 150, bottom: 42, left: 64 } as const;
// told apart also by who sees no red or green
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000', '#999999'];
const legendLine = 16;

/** Panels below each other, as the text of an SVG file. The same panels always give the same bytes. */
export function drawing(title: string, panels: readonly Panel[]): string {
  const total = panels.length * height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${total}" fill="#fff"/>`,
    ...panels.map((panel, i) => `<g transform="translate(0 ${i * height})">\n${panelOf(panel)}\n</g>`),
    '</svg>',
    '',
  ].join('\n');
}

function panelOf({ title, x, y, series, isLogX = false }: Panel): string {
  const points = series.flatMap((one) => one.points).filter(([, value]) => Number.isFinite(value));
  const xs = points.map(([at]) => at);
  const areWhole = xs.every(Number.isInteger);
  const toX = (isLogX ? scaleLog() : scaleLinear())
    .domain(xs.length > 0 ? [Math.min(...xs), Math.max(...xs)] : [1, 10])
    .range([margin.left, width - margin.right]);
  const toY = scaleLinear()
    .domain([0, Math.max(1e-9, ...points.map(([, value]) => value))])
    .nice()
    .range([height - margin.bottom, margin.top]);
  const path = line<readonly [number, number]>()
    .defined(([, value]) => Number.isFinite(value))
    .x(([at]) => rounded(toX(at)))
    .y(([, value]) => rounded(toY(value)));
  const bottom = height - margin.bottom;
  return [
    text(margin.left, 18, title, 'font-weight="bold"'),
    ...toY.ticks(5).flatMap((tick) => {
      const at = rounded(toY(tick));
      return [
        `<path d="M${margin.left} ${at}H${width - margin.right}" stroke="#ddd"/>`,
        text(margin.left - 6, at + 4, short(tick), 'text-anchor="end"'),
      ];
    }),
    ...toX.ticks(isLogX ? 4 : 8).flatMap((tick) => {
      if (isLogX && !Number.isInteger(Math.log10(tick))) return [];
      // there is no half of a process
      if (areWhole && !Number.isInteger(tick)) return [];
      return [text(rounded(toX(tick)), bottom + 16, short(tick), 'text-anchor="middle"')];
    }),
    `<path d="M${margin.left} ${bottom}H${width - margin.right}" stroke="#000"/>`,
    text((margin.left + width - margin.right) / 2, height - 8, x, 'text-anchor="middle"'),
    `<text transform="translate(14 ${(margin.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
    ...series.flatMap(({ name, points: own }, i) => {
      const colour = colours[i % colours.length] ?? '#000';
      const at = margin.top + 8 + i * legendLine;
      const left = width - margin.right + 10;
      return [
        `<path d="${path(own) ?? ''}" fill="none" stroke="${colour}" stroke-width="1.8"/>`,
        `<path d="M${left} ${at}h14" stroke="${colour}" stroke-width="3"/>`,
        text(left + 19, at + 4, name),
      ];
    }),
  ].join('\n');
}

const text = (x: number, y: number, what: string, attributes = ''): string =>
  `<text x="${x}" y="${y}"${attributes ? ` ${attributes}` : ''}>${escaped(what)}</text>`;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** 1500 as `1.5k`. */
function short(value: number): string {
  if (value >= 1e6) return `${rounded(value / 1e5) / 10}M`;
  return value >= 1e4 ? `${rounded(value / 100) / 10}k` : String(Math.round(value * 1000) / 1000);
}

const escaped = (what: string): string =>
  what.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
