import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { transform } from '@swc/core';
import { build, context } from 'esbuild';

export const root = resolve(import.meta.dirname, '../..');

/** The services, as paths from the root. */
export const appRoots = () => readdirSync(join(root, 'apps')).map((app) => `apps/${app}`);

export const bundleOf = (projectRoot) => join(root, 'dist', projectRoot, 'main.js');

/** The list of files that went into a bundle, kept beside it: see stale-bundles.mjs. */
export const inputsOf = (projectRoot) => join(root, 'dist', projectRoot, 'inputs.json');

/** Bundles `<projectRoot>/src/main.ts` and our own libs into one file; packages stay in node_modules. */
export async function buildProject(projectRoot) {
  const { metafile } = await build(await developmentOptions(projectRoot));
  await mkdir(dirname(inputsOf(projectRoot)), { recursive: true });
  await writeFile(inputsOf(projectRoot), JSON.stringify(Object.keys(metafile.inputs), null, 2));
}

export async function watchProject(projectRoot) {
  const watching = await context(await developmentOptions(projectRoot));
  await watching.watch();
}

async function developmentOptions(projectRoot) {
  return ownCodeOptions(projectRoot, bundleOf(projectRoot), [stackScripts(projectRoot), packagesOutside]);
}

/** How our own code is bundled; the plugins say what becomes of all that is not ours. */
export async function ownCodeOptions(projectRoot, outfile, plugins) {
  const swcrc = JSON.parse(await readFile(resolve(root, '.swcrc'), 'utf8'));
  return {
    absWorkingDir: root,
    entryPoints: [`${projectRoot}/src/main.ts`],
    outfile,
    bundle: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    sourcemap: true,
    keepNames: true,
    tsconfig: 'tsconfig.base.json',
    plugins: [...plugins, typescriptBySwc(swcrc)],
    logLevel: 'warning',
  };
}

// The scripts of tools/stack read files beside them, so they stay where they are.
function stackScripts(projectRoot) {
  return {
    name: 'stack-scripts',
    setup({ onResolve }) {
      const fromBundle = relative(dirname(bundleOf(projectRoot)), join(root, 'tools/stack/stack.mjs'));
      onResolve({ filter: /^@waybill\/stack$/ }, () => ({ path: fromBundle, external: true }));
    },
  };
}

/** Leaves packages where they are, in the workspace. */
export const packagesOutside = {
  name: 'packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, (asked) =>
      isPackage(asked) ? { path: asked.path, external: true } : undefined,
    );
  },
};

/** Whether an import is of a package, and not of ours. */
export const isPackage = ({ kind, path }) => kind !== 'entry-point' && !path.startsWith('@waybill/');

// esbuild drops the types that dependency injection needs from decorators, swc keeps them
function typescriptBySwc(swcrc) {
  return {
    name: 'typescript-by-swc',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const settings = { ...swcrc, filename: path, configFile: false, swcrc: false, sourceMaps: 'inline' };
        const { code } = await transform(await readFile(path, 'utf8'), settings);
        return { contents: code, loader: 'js' };
      });
    },
  };
}
