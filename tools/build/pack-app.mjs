// usage: node tools/build/pack-app.mjs PROJECT_ROOT [FOLDER]     (apps/orders, tools/waybill …; dist/packed/PROJECT_ROOT)
import { packProject } from './pack-project.mjs';

const [projectRoot, folder] = process.argv.slice(2);
if (!projectRoot) throw new Error('usage: pack-app.mjs PROJECT_ROOT [FOLDER]');
await packProject(projectRoot, folder);
