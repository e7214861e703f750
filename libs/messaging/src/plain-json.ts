/** Deeper than any message of ours; a hostile one must not exhaust the stack of whoever walks it. */
export const maxNesting = 64;

export type PlainJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: JsonFault };

export interface JsonFault {
  readonly msg: string;
  readonly type: 'utf8' | 'json' | 'nesting' | 'reserved_name' | 'number' | 'unicode';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON that comes from a stranger: strict UTF-8, at most 64 levels, no member named `__proto__` (harmless until
 * somebody copies it), no number beyond a double, no lone surrogate (it would be stored as another text).
 */
export function readPlainJson(bytes: Buffer): PlainJson {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return fault('the value is not UTF-8', 'utf8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fault(`the value is not JSON: ${position(error)}`, 'json');
  }
  const found = findFault(value);
  return found ? { ok: false, fault: found } : { ok: true, value };
}

// the engine's message quotes the text around the fault, which may be somebody's address
const position = (error: unknown): string => {
  const text = String(error);
  const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec(text)?.[0];
  return place ?? (text.includes('end of JSON') ? 'it ends too early' : 'it does not begin as JSON does');
};

function findFault(root: unknown): JsonFault | undefined {
  const open: { value: unknown; level: number }[] = [{ value: root, level: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, level } = next;
    if (typeof value === 'string') {
      if (!value.isWellFormed()) return { msg: 'a text holds half of a surrogate pair', type: 'unicode' };
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) return { msg: 'a number is too large', type: 'number' };
    } else if (typeof value === 'object' && value !== null) {
      if (level >= maxNesting) return { msg: `more than ${maxNesting} levels of nesting`, type: 'nesting' };
      if (Object.hasOwn(value, '__proto__'))
        return { msg: 'a member is named __proto__', type: 'reserved_name' };
      for (const name of Object.keys(value)) {
        if (!name.isWellFormed()) return { msg: 'a name holds half of a surrogate pair', type: 'unicode' };
        open.push({ value: (value as Record<string, unknown>)[name], level: level + 1 });
      }
    }
  }
  return undefined;
}

const fault = (msg: string, type: JsonFault['type']): PlainJson => ({ ok: false, fault: { msg, type } });
