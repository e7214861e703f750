type Cell = string | number;

/** Prints a table as it may stand in a document; numbers with two decimals at most. */
export function printTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): void {
  const lines = [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(shown).join(' | ')} |`);
  process.stdout.write(`\n${title}\n\n${lines.join('\n')}\n`);
}

const shown = (cell: Cell): string => (typeof cell === 'number' ? String(Number(cell.toFixed(2))) : cell);
