import { drawing, type Panel } from './drawing';

const panel = {
  title: 'Memory',
  x: 'minutes',
  y: 'MB',
  series: [
    {
      name: 'orders',
      points: [
        [0, 100],
        [1, 200],
        [2, Number.NaN],
        [3, 50],
      ] as const,
    },
    {
      name: 'a < b & "c"',
      points: [
        [0, 10],
        [3, 40],
      ] as const,
    },
  ],
};

const pathsOf = (svg: string) => [...svg.matchAll(/<path d="([^"]*)" fill="none"/g)].map(([, d]) => d ?? '');

describe('a drawing', () => {
  it('shows a higher value higher up and a later one further right', () => {
    const [path = ''] = pathsOf(drawing('x', [panel]));
    const [[x1, y1] = [], [x2, y2] = []] = [...path.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(x2).toBeGreaterThan(x1 ?? Number.NaN);
    expect(y2).toBeLessThan(y1 ?? Number.NaN);
  });

  it('leaves a gap where there is no number', () => {
    const [path = ''] = pathsOf(drawing('x', [panel]));
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path).not.toContain('NaN');
  });

  it('names what it shows, and no name is markup', () => {
    const svg = drawing('Soak <1>', [panel]);
    expect(svg).toContain('<title>Soak &#60;1&#62;</title>');
    expect(svg).toContain('>a &#60; b &#38; &#34;c&#34;</text>');
    expect(svg).toContain('>MB</text>');
  });

  it('puts powers of ten at equal distances on a logarithmic axis', () => {
    const points = [
      [1000, 1],
      [10_000, 1],
      [100_000, 1],
    ] as const;
    const [path = ''] = pathsOf(drawing('x', [{ ...panel, isLogX: true, series: [{ name: 'a', points }] }]));
    const [a = 0, b = 0, c = 0] = [...path.matchAll(/([\d.]+),/g)].map(([, x]) => Number(x));
    expect(b - a).toBeCloseTo(c - b, 0);
    expect(b - a).toBeGreaterThan(0);
  });

  it('has no fractions along x where all points are whole', () => {
    const points = [
      [1, 10],
      [2, 20],
    ] as const;
    const texts = (at: Readonly<Panel>) => [...drawing('x', [at]).matchAll(/>1\.\d</g)];
    expect(texts({ ...panel, series: [{ name: 'a', points }] })).toEqual([]);
    expect(texts({ ...panel, series: [{ name: 'a', points: [...points, [2.5, 30]] }] })).not.toEqual([]);
  });

  it('is the same bytes each time, and no panel without points breaks it', () => {
    expect(drawing('x', [panel])).toBe(drawing('x', [panel]));
    expect(drawing('x', [{ ...panel, series: [] }])).not.toMatch(/NaN|Infinity/);
  });
});
