import fc from 'fast-check';
import { type JsonFault, maxNesting, readPlainJson } from './plain-json';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('JSON of a stranger', () => {
  it('that is clean is what JSON says it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', '\uFEFF'), (value, mark) => {
        fc.pre(!/__proto__|\\u[dD][89a-fA-F]/.test(JSON.stringify(value)));
        const text = JSON.stringify(value);
        expect(readPlainJson(Buffer.from(mark + text))).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it.each<[string, string | Buffer, JsonFault['type'] | 'none']>([
    ['half a character', Buffer.from([0x22, 0xe2, 0x82, 0x22]), 'utf8'],
    ['half a surrogate pair, as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'utf8'],
    ['half a surrogate pair, escaped', String.raw`{"a":["\ud83d"]}`, 'unicode'],
    ['the same in a name', String.raw`{"a":{"\uDE00":1}}`, 'unicode'],
    ['a whole pair, escaped', String.raw`["\ud83d\ude00"]`, 'none'],
    ['a name that pollutes, escaped', String.raw`[{"\u005f_proto__":1}]`, 'reserved_name'],
    ['a number beyond all others', '[{"a":1e999}]', 'number'],
    ['as deep as it may be', nested(maxNesting), 'none'],
    ['deeper', nested(maxNesting + 1), 'nesting'],
    ['two byte order marks', '\uFEFF\uFEFF{}', 'json'],
    ['nothing', '', 'json'],
  ])('%s', (_, bytes, type) => {
    const read = readPlainJson(Buffer.from(bytes as string));
    expect(read.ok ? 'none' : read.fault.type).toBe(type);
  });
});
