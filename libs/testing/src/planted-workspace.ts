import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** An import in a file that does not exist in the repository. */
export interface Plant {
  file: string;
  imports: string;
}

const execute = promisify(execFile);
const repository = resolve(__dirname, '../../..');
const settings = ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json'];
const parents = ['apps', 'libs', 'tools'];
const boundaryRule = 'enforce-module-boundaries';

// A lib that belongs to one service: there is none yet, and the rule for it must hold from the first day.
const ordersLib = {
  root: 'libs/orders-only',
  alias: '@waybill/orders-only',
  tags: ['type:lib', 'scope:orders'],
};

/**
 * Lints the planted files in a throw-away copy of the workspace: the real rules and the real tags of all projects, but
 * empty projects. Gives what the boundary rule says about each file, by file.
 */
export async function lintPlanted(plants: readonly Plant[]): Promise<Map<string, string>> {
  const root = await mkdtemp(join(tmpdir(), 'waybill-planted-'));
  try {
    await layOut(root);
    for (const { file, imports } of plants) {
      await write(join(root, file), `import * as planted from '${imports}';\n\nexport default planted;\n`);
    }
    return await lint(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function layOut(root: string): Promise<void> {
  await Promise.all(settings.map((file) => cp(join(repository, file), join(root, file))));
  const { options: _typeAware, ...rules } = JSON.parse(
    await readFile(join(repository, '.oxlintrc.json'), 'utf8'),
  ) as Record<string, unknown>;
  await write(join(root, '.oxlintrc.json'), JSON.stringify(rules));
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const project of await projectRoots()) {
    await mkdir(join(root, project), { recursive: true });
    await cp(join(repository, project, 'project.json'), join(root, project, 'project.json'));
    await write(join(root, project, 'src/index.ts'), 'export const nothing = 0;\n');
  }
  await write(join(root, 'tools/stack/stack.mjs'), 'export const nothing = 0;\n');
  await addOrdersLib(root);
}

async function addOrdersLib(root: string): Promise<void> {
  const { alias, tags } = ordersLib;
  await write(join(root, ordersLib.root, 'project.json'), JSON.stringify({ name: 'orders-only', tags }));
  await write(join(root, ordersLib.root, 'src/index.ts'), 'export const nothing = 0;\n');
  const file = join(root, 'tsconfig.base.json');
  const tsconfig = JSON.parse(await readFile(file, 'utf8')) as { compilerOptions: { paths: object } };
  Object.assign(tsconfig.compilerOptions.paths, { [alias]: [`./${ordersLib.root}/src/index.ts`] });
  await writeFile(file, JSON.stringify(tsconfig));
}

async function projectRoots(): Promise<string[]> {
  const folders = await Promise.all(
    parents.map(async (parent) =>
      (await readdir(join(repository, parent))).map((name) => join(parent, name)),
    ),
  );
  const projects = await Promise.all(
    folders.flat().map(async (folder) => {
      const files = await readdir(join(repository, folder)).catch((): string[] => []);
      return files.includes('project.json') ? [folder] : [];
    }),
  );
  return projects.flat();
}

async function lint(root: string): Promise<Map<string, string>> {
  // the rule reads the project graph that Nx leaves in its cache, and is silent without one
  const env = { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: root };
  const bin = join(repository, 'node_modules/.bin');
  await execute(join(bin, 'nx'), ['show', 'projects', '--json'], { cwd: root, env });
  // oxlint ends with 1 when it reports something
  const { stdout } = await execute(join(bin, 'oxlint'), ['--format', 'json', ...parents], {
    cwd: root,
    env,
  }).catch((failure: { stdout: string }) => failure);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string; message: string }[];
  };
  return new Map(
    diagnostics
      .filter(({ code }) => code.includes(boundaryRule))
      .map(({ filename, message }) => [filename, message]),
  );
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
