import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingTests } from './evidence';
import { pageOf } from './page';
import type { Chapter } from './promise';
import { notPromised } from './promises/not-promised';
import { operators } from './promises/operators';
import { producers } from './promises/producers';
import { readers } from './promises/readers';
import { readResults, type Results } from './results';

export const chapters: readonly Chapter[] = [producers, readers, operators];
const pagePath = 'docs/delivery-contract.md';

/** The page that the sentences and the committed figures make. Throws where a test that it names or a figure is missing. */
export function currentPage(root: string): string {
  const missing = missingTests(root, chapters, notPromised);
  if (missing.length > 0) throw new Error(`the contract names what is not there: ${missing.join('; ')}`);
  return laidOut(root, pageOf(chapters, notPromised, allResults(root)));
}

/** Throws where a run is missing. */
export function allResults(root: string): Results {
  const results = readResults(root);
  const missing = Object.entries(results).flatMap(([name, result]) => (result ? [] : [name]));
  if (missing.length > 0) throw new Error(`no figures of ${missing.join(', ')} in docs/results`);
  return results as Results;
}

export const committedPage = (root: string): string => readFileSync(join(root, pagePath), 'utf8');

export const writePage = (root: string): void => writeFileSync(join(root, pagePath), currentPage(root));

/** As the formatter lays it out, so that the format check finds nothing to say. */
function laidOut(root: string, text: string): string {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/oxfmt'),
    ['--stdin-filepath', pagePath],
    { cwd: root, input: text, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the page could not be laid out: ${stderr}`);
  return stdout;
}
