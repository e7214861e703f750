import { isUtf8 } from 'node:buffer';

/** Deeper than any message of ours; a hostile one must not exhaust the stack of whoever walks it. */
export const maxNesting = 64;

export type PlainJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: JsonFault };

export interface JsonFault {
  readonly msg: string;
  readonly type: 'utf8' | 'json' | 'nesting' | 'reserved_name' | 'number' | 'unicode';
}

const byteOrderMark = '\uFEFF';

/**
 * Reads JSON that comes from a stranger: strict UTF-8, at most 64 levels, no member named `__proto__` (harmless until
 * somebody copies it), no number beyond a double, no lone surrogate (it would be stored as another text).
 */
export function readPlainJson(bytes: Buffer): PlainJson {
  if (!isUtf8(bytes)) return fault('the value is not UTF-8', 'utf8');
  const decoded = bytes.toString();
  const text = decoded.startsWith(byteOrderMark) ? decoded.slice(1) : decoded;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fault(`the value is not JSON: ${position(error)}`, 'json');
  }
  // only an escape can make a text of good UTF-8 a broken one
  const found = findFault(value, text.includes('\\u'), 0);
  return found ? { ok: false, fault: found } : { ok: true, value };
}

// the engine's message quotes the text around the fault, which may be somebody's address
const position = (error: unknown): string => {
  const text = String(error);
  const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec(text)?.[0];
  return place ?? (text.includes('end of JSON') ? 'it ends too early' : 'it does not begin as JSON does');
};

function findFault(value: unknown, hasEscapes: boolean, level: number): JsonFault | undefined {
  if (typeof value === 'string')
    return hasEscapes && !value.isWellFormed()
      ? { msg: 'a text holds half of a surrogate pair', type: 'unicode' }
      : undefined;
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : { msg: 'a number is too large', type: 'number' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (level >= maxNesting) return { msg: `more than ${maxNesting} levels of nesting`, type: 'nesting' };
  if (Object.hasOwn(value, '__proto__')) return { msg: 'a member is named __proto__', type: 'reserved_name' };
  if (hasEscapes && !Object.keys(value).every((name) => name.isWellFormed()))
    return { msg: 'a name holds half of a surrogate pair', type: 'unicode' };
  for (const member of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    const found = findFault(member, hasEscapes, level + 1);
    if (found) return found;
  }
  return undefined;
}

const fault = (msg: string, type: JsonFault['type']): PlainJson => ({ ok: false, fault: { msg, type } });
