const printable = /^[\x21-\x7e]{1,64}$/;

/**
 * The tracking number as it is kept: all white space removed, letters in upper case. `undefined` unless 1 to 64
 * printable ASCII characters are left.
 */
export function normaliseTrackingNumber(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const compact = text.replace(/\s+/g, '');
  // before raising: some letters outside ASCII have capitals inside it
  return printable.test(compact) ? compact.toUpperCase() : undefined;
}
