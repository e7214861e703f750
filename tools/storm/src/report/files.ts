import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const writeResult = (file: string, result: object): void =>
  writeText(file, `${JSON.stringify(result, null, 2)}\n`);

/** Makes the folder that it belongs in. */
export function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
