import {
  allContracts,
  asyncApiDocument,
  jsonSchemaOf,
  topicTable,
  type Docstrings,
  type MessageExample,
} from '@waybill/contracts';
import { docstringsOf } from './docstrings';

/** What the documents are made of: contents of files, nothing else. */
export interface Sources {
  /** TypeScript sources of the contract classes. */
  readonly classes: readonly string[];
  /** `docs/examples/<type>.json` by type: messages captured from a run. */
  readonly examples: Readonly<Record<string, readonly MessageExample[]>>;
  readonly readme: string;
}

export interface Document {
  /** From the root of the workspace. */
  readonly path: string;
  readonly content: string;
}

const begin = '<!-- topics -->';
const end = '<!-- /topics -->';

/** `readme` with the topic table between its two marks. */
export function withTopicTable(readme: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
  return `${before}${begin}\n\n${topicTable()}\n\n${end}${after}`;
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** All generated documents. */
export function documentsOf(sources: Sources): Document[] {
  const docs: Docstrings = docstringsOf(sources.classes);
  return [
    ...allContracts.map((contract) => ({
      path: `libs/contracts/schemas/${contract.type}.json`,
      content: json(jsonSchemaOf(contract, docs)),
    })),
    { path: 'docs/asyncapi.json', content: json(asyncApiDocument({ examples: sources.examples, docs })) },
    { path: 'README.md', content: withTopicTable(sources.readme) },
  ];
}

const withoutLayout = (text: string) => text.replaceAll(/[ \t]+/g, ' ').replaceAll(/-{3,}/g, '---');

/** Whether two documents say the same; how a formatter lays them out does not count. */
export function saysTheSame(path: string, a: string, b: string): boolean {
  if (path.endsWith('.json')) return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  return withoutLayout(a) === withoutLayout(b);
}
