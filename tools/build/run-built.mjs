// usage: node tools/build/run-built.mjs PROJECT_ROOT [--with-apps] -- [arguments]
// Builds what is older than its sources (all services too, with --with-apps) and runs the project in this process.
import { appRoots, bundleOf } from './bundle.mjs';
import { buildStale } from './stale-bundles.mjs';

const separator = process.argv.indexOf('--');
const [projectRoot, flag] = process.argv.slice(2, separator);
const others = flag === '--with-apps' ? appRoots() : [];
try {
  await buildStale([projectRoot, ...others], (line) => process.stderr.write(`${line}\n`));
} catch {
  process.exit(1); // esbuild has said why
}

const bundle = bundleOf(projectRoot);
process.argv = [process.argv[0], bundle, ...process.argv.slice(separator + 1)];
process.setSourceMapsEnabled(true);
await import(bundle);
