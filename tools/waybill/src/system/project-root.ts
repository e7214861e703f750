import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

// of the workspace, and of a packed program (tools/build/pack-project.mjs), which has nothing around it
const marks = ['nx.json', 'packages.js'];

/** The folder of the workspace, found upwards from this file, wherever the build has put it; of a packed program its own. */
export function projectRoot(from: string = __dirname): string {
  if (marks.some((mark) => existsSync(join(from, mark)))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('the waybill command line runs in its workspace or packed only');
  return projectRoot(parent);
}
