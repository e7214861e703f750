import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { isPackage, ownCodeOptions, root } from './bundle.mjs';
import { copyWithDependencies, packageNameOf } from './kept-packages.mjs';

export const packedOf = (projectRoot) => join(root, 'dist/packed', projectRoot);

/**
 * Packages that must stay files, as they are: kafkajs, of which libs/messaging replaces modules by their path; what has
 * native code; files that are served; and what is loaded only where it is asked for by configuration.
 */
const keptAsFiles = [/^kafkajs$/, /^lz4-napi$/, /^snappy$/, /^swagger-ui-dist$/, /^@opentelemetry\/(?!api$)/];

/** What a package loads by a `require` of its own making, which no bundler sees. */
const loadedUnseen = { '@nestjs/swagger': 'swagger-ui-dist', '@nestjs/microservices': 'kafkajs' };

/**
 * Writes a folder with all that a project needs to run under a bare Node and nothing else: `main.js` (our code, with
 * its source map), `packages.js` (the packages, one file instead of two thousand, which halves the time to start),
 * `node_modules` (the few that must stay files) and a `package.json` that names those.
 */
export async function packProject(projectRoot, folder = packedOf(projectRoot)) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const asked = new Set();
  const kept = new Set();
  await build(await ownCodeOptions(projectRoot, join(folder, 'main.js'), [packagesApart(asked, kept)]));
  await bundlePackages(sorted(asked), kept, join(folder, 'packages.js'));
  const versions = await copyWithDependencies(sorted(kept), join(folder, 'node_modules'));
  const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const name = `waybill-${projectRoot.split('/').at(-1)}`;
  const manifest = { name, private: true, main: 'main.js', engines, dependencies: versions };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** In our code: a package is taken out of packages.js, when the code asks for it and not before. */
function packagesApart(asked, kept) {
  return {
    name: 'packages-apart',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^[^./]/ }, (from) => {
        const { path } = from;
        if (!isPackage(from)) return undefined;
        if (isBuiltin(path)) return { path, external: true };
        if (staysFile(path)) {
          kept.add(packageNameOf(path));
          return { path, external: true };
        }
        asked.add(path);
        if (Object.hasOwn(loadedUnseen, path)) kept.add(loadedUnseen[path]);
        return { path, namespace: 'packages' };
      });
      onResolve({ filter: /^\.\/packages\.js$/, namespace: 'packages' }, ({ path }) => ({
        path,
        external: true,
      }));
      onLoad({ filter: /.*/, namespace: 'packages' }, ({ path }) => ({
        contents: `module.exports = require('./packages.js')[${JSON.stringify(path)}]();`,
      }));
    },
  };
}

/** One function for each package that our code asks for, which loads it. */
async function bundlePackages(asked, kept, outfile) {
  const loaders = asked.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(path)})`);
  await build({
    absWorkingDir: root,
    stdin: { contents: `module.exports = {\n${loaders.join(',\n')}\n};`, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    keepNames: true,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'external',
    define: { 'import.meta.url': 'ownUrl' },
    banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [amongPackages(kept)],
    logLevel: 'warning',
  });
}

/** Among packages: those that stay files, and what is optional and not installed, are left to Node. */
function amongPackages(kept) {
  const seen = Symbol('seen');
  return {
    name: 'among-packages',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === seen || isBuiltin(path)) return undefined;
        if (staysFile(path)) {
          kept.add(packageNameOf(path));
          return { path, external: true };
        }
        const { errors } = await resolve(path, { ...from, pluginData: seen });
        return errors.length > 0 ? { path, external: true } : undefined;
      });
    },
  };
}

const sorted = (names) => [...names].toSorted((a, b) => a.localeCompare(b));
const isBuiltin = (path) => path.startsWith('node:') || builtinModules.includes(path);
const staysFile = (path) => keptAsFiles.some((pattern) => pattern.test(packageNameOf(path)));
