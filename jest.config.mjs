import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname;
const modules = join(root, 'node_modules');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const swcrc = read(join(root, '.swcrc'));
const { paths } = read(join(root, 'tsconfig.base.json')).compilerOptions;
const esc = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// "type": "module" packages (all of @nestjs 12, cookie, file-type, ...) become CommonJS once, cached on disk
function esmPackages() {
  const names = readdirSync(modules).flatMap((n) =>
    n.startsWith('@') ? readdirSync(join(modules, n)).map((s) => `${n}/${s}`) : [n],
  );
  return names.filter((n) => {
    try {
      return read(join(modules, n, 'package.json')).type === 'module';
    } catch {
      return false;
    }
  });
}
const swc = (parser) => [
  '@swc/jest',
  { swcrc: false, sourceMaps: 'inline', jsc: { ...swcrc.jsc, parser }, module: { type: 'commonjs' } },
];

const common = {
  rootDir: root,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools'],
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata', '<rootDir>/tools/test/setup-env.mjs'],
  transform: { '\\.ts$': swc(swcrc.jsc.parser), '\\.m?js$': swc({ syntax: 'ecmascript' }) },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages().map(esc).join('|')})/)`],
  moduleNameMapper: Object.fromEntries(
    Object.entries(paths).map(([k, [v]]) => [`^${esc(k)}$`, `<rootDir>/${v.replace(/^\.\//, '')}`]),
  ),
  cacheDirectory: join(modules, '.cache/jest'),
};
const stack = {
  globalSetup: '<rootDir>/tools/test/stack-setup.mjs',
  globalTeardown: '<rootDir>/tools/test/stack-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/tools/test/patience.mjs'],
};

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e)\\.spec\\.ts$'],
    },
    { ...common, ...stack, displayName: 'int', testMatch: ['**/*.int.spec.ts'] },
    { ...common, ...stack, displayName: 'e2e', testMatch: ['**/*.e2e.spec.ts'] },
  ],
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['{apps,libs,tools}/*/src/**/*.ts', '!**/*.spec.ts', '!**/main.ts'],
  reporters: ['default', '<rootDir>/tools/test/counts-reporter.cjs'],
};
