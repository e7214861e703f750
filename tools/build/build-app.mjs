// usage: node tools/build/build-app.mjs PROJECT_ROOT [--watch]     (apps/orders, tools/waybill …)
import { buildProject, watchProject } from './bundle.mjs';

const [projectRoot, flag] = process.argv.slice(2);
if (!projectRoot) throw new Error('usage: build-app.mjs PROJECT_ROOT [--watch]');
if (flag === '--watch') await watchProject(projectRoot);
else await buildProject(projectRoot);
