export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

/** A table as lines: columns as wide as their content, two spaces between them, nothing at the end of a line. */
export function columns(heads: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const table = [heads.map(({ title }) => title), ...rows];
  const widths = heads.map((_, i) => Math.max(...table.map((row) => (row[i] ?? '').length)));
  return table.map((row) =>
    heads
      .map(({ align }, i) => {
        const cell = row[i] ?? '';
        return align === 'right' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Cuts a text that is too wide, with a sign that it was cut. */
export function fit(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** `1234567` as `1 234 567`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}
