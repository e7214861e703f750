/** Number of Unicode characters (code points) of `text`, counted no further than `atMost` + 1. */
export function countCharacters(text: string, atMost: number): number {
  if (text.length <= atMost) return countAll(text);
  // a code point takes at most two units, so a longer string cannot fit and need not be walked
  return text.length > 2 * atMost ? atMost + 1 : countAll(text);
}

function countAll(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * Whether `value` is text of `min` to `max` Unicode characters after trimming (domain 1.5).
 * A string with half a surrogate pair is no text: UTF-8 cannot carry it, so it would come back as another one.
 */
export function isText(value: unknown, max: number, min = 1): value is string {
  if (typeof value !== 'string' || !value.isWellFormed()) return false;
  const trimmed = value.trim();
  // characters need only be counted where there are more units than characters are allowed
  if (trimmed.length <= max && min <= 1) return trimmed.length >= min;
  const length = countCharacters(trimmed, max);
  return length >= min && length <= max;
}

/** The trimmed text; an optional text that is empty after trimming counts as null (domain 1.5). */
export function normaliseText(text: string | null): string | null {
  return text?.trim() || null;
}

const controlCharacter = /\p{Cc}/u;

/** text(64) without control characters, compared case-sensitively. */
export function isOrderNumber(value: unknown): value is string {
  return isText(value, 64) && !controlCharacter.test(value.trim());
}

/** The order number as it is kept: exactly as sent after trimming. */
export function normaliseOrderNumber(text: string): string {
  return text.trim();
}

export const shopSlugPattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

export const zipCodePattern = /^[A-Za-z0-9](?:[A-Za-z0-9 -]{0,14}[A-Za-z0-9])?$/;

const urlPattern = /^https?:\/\/[^\s\p{Cc}]+$/iu;

/** An absolute http or https URL of at most 2048 characters. */
export function isWebUrl(value: unknown): value is string {
  return isText(value, 2048) && urlPattern.test(value) && URL.canParse(value);
}

const emailPattern = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u;

/**
 * Something that can be an email address of at most 320 characters. Deliberately lenient: an order must not
 * be lost because of an unusual address, and only a delivery proves that one exists.
 */
export function isEmail(value: unknown): value is string {
  return isText(value, 320) && emailPattern.test(value);
}
