/** Tells how far the work is. On standard error, so that standard output holds results only. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
