import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Manifest } from './kustomize';

/** What the API server would find wrong, all objects in one go. */
export const schemaFaults = (objects: readonly Manifest[]): string[] => {
  const program = join(__dirname, 'schema-faults.mjs');
  const said = execFileSync(process.execPath, [program], {
    input: JSON.stringify(objects),
    encoding: 'utf8',
  });
  return JSON.parse(said) as string[];
};
