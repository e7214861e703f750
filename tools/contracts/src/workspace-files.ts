import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { MessageExample } from '@waybill/contracts';
import { documentsOf, saysTheSame, type Document, type Sources } from './documents';

const classesFolders = ['orders', 'shipments', 'claims'].map((service) => `libs/contracts/src/${service}`);
const examplesFolder = 'docs/examples';

const filesIn = (root: string, folder: string, suffix: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(suffix))
    .toSorted()
    .map((file) => join(root, folder, file));
const read = (file: string) => readFileSync(file, 'utf8');

export function readSources(root: string): Sources {
  const examples = filesIn(root, examplesFolder, '.json').map((file): [string, MessageExample[]] => [
    basename(file, '.json'),
    JSON.parse(read(file)) as MessageExample[],
  ]);
  return {
    classes: classesFolders.flatMap((folder) => filesIn(root, folder, '.dto.ts')).map(read),
    examples: Object.fromEntries(examples),
    readme: read(join(root, 'README.md')),
  };
}

/** The generated documents that are missing or do not say what the sources say. */
export function staleDocuments(root: string): Document[] {
  return documentsOf(readSources(root)).filter(({ path, content }) => {
    const file = join(root, path);
    return !existsSync(file) || !saysTheSame(path, read(file), content);
  });
}

export function writeDocuments(root: string, documents: readonly Document[]): void {
  for (const { path, content } of documents) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
