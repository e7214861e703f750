import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../../..');
const run = promisify(execFile);

/** A folder outside of the workspace, where no other `node_modules` is found. */
export const folderOutside = (): string => mkdtempSync(join(tmpdir(), 'waybill-packed-'));

/** Packs a project as its image does, into a folder of its own; answers that folder. */
export async function packed(projectRoot: string, folder: string): Promise<string> {
  const program = join(folder, basename(projectRoot));
  await run(process.execPath, [join(root, 'tools/build/pack-app.mjs'), projectRoot, program]);
  return program;
}

/** Runs a packed program to its end, with this environment and no other; answers what it printed. */
export async function runPacked(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<string> {
  const { stdout } = await run(process.execPath, [join(program, 'main.js'), ...args], { cwd: program, env });
  return stdout;
}

/** Bytes of all files in a folder. */
export function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
