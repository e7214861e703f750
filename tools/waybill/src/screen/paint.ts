export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly mild: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string): string => text;
const code = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

export const plain: Paint = { bold: same, dim: same, good: same, mild: same, bad: same };

const coloured: Paint = {
  bold: code(1, 22),
  dim: code(2, 22),
  good: code(32, 39),
  mild: code(33, 39),
  bad: code(31, 39),
};

/** Colours for a terminal; none for a file or a pipe, or when NO_COLOR is set. */
export function paintFor(stream: { readonly isTTY?: boolean }, env = process.env): Paint {
  return stream.isTTY && !env['NO_COLOR'] ? coloured : plain;
}
