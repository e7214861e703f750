import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildProject, bundleOf, inputsOf, root } from './bundle.mjs';

// what every bundle depends on besides its own sources
const settings = ['.swcrc', 'tsconfig.base.json', 'tools/build/bundle.mjs', 'package-lock.json'];

/** Builds the projects whose bundles are missing or old. */
export async function buildStale(projectRoots, say) {
  const stale = projectRoots.filter((projectRoot) => isStale(projectRoot));
  if (stale.length === 0) return;
  say(`building ${stale.join(', ')} …`);
  await Promise.all(stale.map((projectRoot) => buildProject(projectRoot)));
}

/** Whether a bundle is missing, or older than something that went into it. */
export function isStale(projectRoot) {
  const builtAt = changedAt(bundleOf(projectRoot));
  if (builtAt === undefined) return true;
  return [...inputs(projectRoot), ...settings].some((file) => {
    const at = changedAt(join(root, file));
    return at === undefined || at > builtAt;
  });
}

function inputs(projectRoot) {
  try {
    return JSON.parse(readFileSync(inputsOf(projectRoot), 'utf8'));
  } catch {
    return [`${projectRoot}/no list of inputs`];
  }
}

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
