import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { allContracts, contractOf, validatorOf, validatorOfClass } from '@waybill/contracts';
import { docstringsOf } from './docstrings';
import { documentsOf, saysTheSame, withTopicTable } from './documents';
import { readSources, staleDocuments } from './workspace-files';

const root = join(__dirname, '../../..');
const sources = readSources(root);

describe('generated documents', () => {
  it('are fresh (npm run contracts -- --write)', () => {
    expect(staleDocuments(root).map(({ path }) => path)).toEqual([]);
  });

  it('differ in what they say, not in how they are laid out', () => {
    expect(saysTheSame('a.json', '{"a":[1]}', '{\n  "a": [1] }')).toBe(true);
    expect(saysTheSame('a.json', '{"a":[1]}', '{"a":[2]}')).toBe(false);
    expect(saysTheSame('a.md', '| a | b |\n| --- | --- |', '| a  | b   |\n| --- | ----- |')).toBe(true);
    expect(saysTheSame('a.md', '| a |', '| b |')).toBe(false);
  });

  it('need the marks in the README', () => {
    expect(() => withTopicTable('# Waybill')).toThrow('README.md has no <!-- topics --> … <!-- /topics -->');
  });
});

const examples = Object.entries(sources.examples);

describe('examples', () => {
  it('exist for every message and for nothing else', () => {
    expect(examples.map(([type]) => type).toSorted()).toEqual(
      allContracts.map(({ type }) => type).toSorted(),
    );
  });

  it.each(examples)('%s are valid, with no member that is not documented', (type, messages) => {
    const contract = contractOf(type);
    if (!contract) throw new Error(`no contract ${type}`);
    const published = documentsOf(sources).find(({ path }) => path.endsWith(`/${type}.json`))?.content ?? '';
    const isPublished = new Ajv2020({
      strictTypes: false,
      strictRequired: false,
      validateFormats: false,
    }).compile(JSON.parse(published));
    for (const { payload } of messages) {
      expect(payload).toMatchObject({ specversion: '1.0', type });
      const data: unknown = Reflect.get(payload, 'data');
      expect(validatorOf(contract)(data)).toEqual([]);
      expect(validatorOfClass(contract.payload, 'refused')(data)).toEqual([]);
      isPublished(data);
      expect(isPublished.errors ?? []).toEqual([]);
    }
  });
});

describe('docstrings of the contract classes', () => {
  it('exist for every class and member', () => {
    const schemas = documentsOf(sources)
      .filter(({ path }) => path.includes('/schemas/'))
      .flatMap(({ content }) => {
        const { $defs = {}, ...own } = JSON.parse(content) as Schema;
        return [own, ...Object.values($defs)];
      });
    const silent = schemas.flatMap(({ title, description, properties = {} }) => [
      ...(description ? [] : [title ?? 'a class']),
      ...Object.entries(properties).flatMap(([name, member]) => (member.description ? [] : [name])),
    ]);
    expect(silent).toEqual([]);
    expect(Object.keys(docstringsOf(sources.classes)).length).toBeGreaterThan(30);
  });
});

interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Record<string, Schema>;
  readonly $defs?: Record<string, Schema>;
}
