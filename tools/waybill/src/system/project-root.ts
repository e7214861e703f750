import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the workspace, found upwards from this file, wherever the build has put it. */
export function projectRoot(from: string = __dirname): string {
  if (existsSync(join(from, 'nx.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('the waybill command line runs inside of its workspace only');
  return projectRoot(parent);
}
