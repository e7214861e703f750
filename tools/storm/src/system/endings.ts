import type { LogLine } from '@waybill/testing';

/** The failpoint at which a process has died, by its last line. */
export function pointOf(lines: readonly LogLine[]): string | undefined {
  const [, point] = /^failpoint ([a-z-]+)$/.exec(lines.at(-1)?.msg ?? '') ?? [];
  return point;
}

/** Why a process has ended by itself, as far as it has said so. */
export function lastWords(lines: readonly LogLine[]): string | undefined {
  const line = lines.findLast(({ level }) => level === 'fatal' || level === 'error' || level === 'stderr');
  return line && [line.msg, line.err?.message].filter(Boolean).join(': ').replaceAll(/\d+/g, 'n');
}
