import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chapter, NotPromised, TestEvidence } from './promise';

/** Tests that the contract names and that do not exist, as sentences. */
export function missingTests(
  root: string,
  chapters: readonly Chapter[],
  notPromised: readonly NotPromised[],
): string[] {
  const named = [
    ...chapters.flatMap(({ promises }) => promises.flatMap(({ shownBy }) => shownBy)),
    ...notPromised.flatMap(({ seenIn }) => seenIn ?? []),
  ];
  return named.filter((evidence) => typeof evidence !== 'string').flatMap((one) => faultOf(root, one));
}

function faultOf(root: string, { file, title }: TestEvidence): string[] {
  const path = join(root, file);
  if (!existsSync(path)) return [`there is no ${file}`];
  return readFileSync(path, 'utf8').includes(title) ? [] : [`${file} has no test “${title}”`];
}
