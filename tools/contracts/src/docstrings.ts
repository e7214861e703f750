import type { Docstrings } from '@waybill/contracts';

const className = /^(?:export )?class (\w+)/;
const memberName = /^ {2}(?:@.*\) )?(\w+)[!?]: /;

/** Docstrings of classes (under the empty name) and members, read from formatted TypeScript sources. */
export function docstringsOf(sources: readonly string[]): Docstrings {
  const docs: Record<string, Record<string, string>> = {};
  for (const source of sources) {
    let owner: Record<string, string> = {};
    let pending = '';
    // a docstring of several lines is brought into one first
    const lines = source
      .replaceAll(/\/\*\*[\s\S]*?\*\//g, (doc) => doc.replaceAll(/\s*\n\s*\*?\s*/g, ' '))
      .split('\n');
    for (const line of lines) {
      pending = /^\s*\/\*\* ?(.*?) ?\*\/$/.exec(line)?.[1]?.trim() ?? pending;
      const opened = className.exec(line)?.[1];
      const name = opened ? '' : memberName.exec(line)?.[1];
      if (opened) docs[opened] = owner = {};
      if (name === undefined || pending === '') continue;
      owner[name] = pending;
      pending = '';
    }
  }
  return docs;
}
