import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Symptom {
  readonly title: string;
  /** As a link to it ends. */
  readonly anchor: string;
  readonly text: string;
}

/** The symptoms of docs/on-call.md: its second-level headings that an alert may lead to. */
export function symptomsOf(page = readFileSync(join(__dirname, '../../docs/on-call.md'), 'utf8')): Symptom[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return { title, anchor: anchorOf(title), text: lines.join('\n') };
    });
}

/** As GitHub makes it of a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d -]/gu, '')
    .replaceAll(' ', '-');
