/** A name as it may stand in a path of the database: without dots, without dollars, and never empty. */
export const escapedName = (name: string): string =>
  name === '' ? '%' : name.replace(/[%.$\0]/g, (found) => `%${hex(found)}`);

/** What {@link escapedName} was made of. */
export function plainName(escaped: string): string {
  if (!escaped.includes('%')) return escaped;
  if (escaped === '%') return '';
  return escaped.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

const hex = (character: string): string =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
