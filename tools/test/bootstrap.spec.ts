import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '../..');
const packages = {
  '': { name: 'clone' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/for-another-machine': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};
const installed = { 'node_modules/a': packages['node_modules/a'] };

describe('the bootstrap', () => {
  let clone: string;
  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'waybill-clone-'));
    for (const file of [
      'bootstrap.mjs',
      'stack/commands.mjs',
      'stack/file-lock.mjs',
      'stack/processes.mjs',
    ]) {
      cpSync(join(repository, 'tools', file), join(clone, 'tools', file));
    }
    write('package-lock.json', JSON.stringify({ packages }));
    write('tools/test/run.mjs', `console.log('tests run with', ...process.argv.slice(2));`);
    write('tools/stack/cli.mjs', `console.log('stack');`);
    npmDoes(`require('node:fs').cpSync('package-lock.json', 'node_modules/.package-lock.json');`);
  });
  afterEach(() => rmSync(clone, { recursive: true }));

  it('goes straight on when the packages are those of the lockfile', () => {
    packagesAre(installed);
    expect(run('test', 'unit', 'libs/')).toEqual({ code: 0, output: 'tests run with unit libs/\n' });
  });

  it.each([
    { state: 'missing', there: undefined },
    { state: 'of another version', there: { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } } },
    { state: 'of other content', there: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } } },
    { state: 'incomplete', there: {} },
  ])('installs first when the packages are $state', ({ there }) => {
    if (there) packagesAre(there);
    expect(run('test')).toEqual({ code: 0, output: 'npm ci\ntests run with\n' });
    expect(run('test')).toEqual({ code: 0, output: 'tests run with\n' });
  });

  it('says what to do when the packages cannot be had, and ends with the line of a failed test run', () => {
    npmDoes('process.exit(3);');
    const { result, errors } = runAndListen('test');
    expect(result).toEqual({ code: 1, output: 'npm ci\n\n0 passed, 1 failed\n' });
    expect(errors).toContain('The packages could not be installed (npm ci ended with 3)');
    expect(errors).toContain('Check the network');
  });

  it('does not speak of tests when something else was wanted', () => {
    npmDoes('process.exit(3);');
    expect(run('stack')).toEqual({ code: 1, output: 'npm ci\n' });
  });

  it('is not content with an npm that installs nothing', () => {
    npmDoes('');
    expect(run('test')).toEqual({ code: 1, output: 'npm ci\n\n0 passed, 1 failed\n' });
  });

  it('keeps the exit code', () => {
    packagesAre(installed);
    write('tools/test/run.mjs', `process.exitCode = 7;`);
    expect(run('test').code).toBe(7);
  });

  it('ends with the line of a failed test run when the test run is killed', () => {
    packagesAre(installed);
    write('tools/test/run.mjs', `process.kill(process.pid, 'SIGKILL');`);
    expect(run('test')).toEqual({ code: 137, output: '\n0 passed, 1 failed\n' });
  });

  it.each([[], ['tests'], ['toString']])('explains itself when asked for %j', (...words: string[]) => {
    const { result, errors } = runAndListen(...words);
    expect(result.code).toBe(2);
    expect(errors).toContain('usage: node tools/bootstrap.mjs test|demo|');
  });

  function run(...words: string[]): { code: number | null; output: string } {
    return runAndListen(...words).result;
  }

  function runAndListen(...words: string[]): {
    result: { code: number | null; output: string };
    errors: string;
  } {
    const { npm_execpath: _ours, ...env } = process.env;
    const PATH = [join(clone, 'bin'), dirname(process.execPath), env.PATH].join(delimiter);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/bootstrap.mjs', ...words], {
      cwd: clone,
      env: { ...env, PATH },
      encoding: 'utf8',
    });
    return { result: { code: status, output: stdout }, errors: stderr };
  }

  function packagesAre(there: object): void {
    write('node_modules/.package-lock.json', JSON.stringify({ packages: there }));
  }

  function npmDoes(script: string): void {
    write('bin/npm', `#!/usr/bin/env node\nconsole.log('npm', ...process.argv.slice(2));\n${script}`, 0o755);
  }

  function write(file: string, text: string, mode = 0o644): void {
    mkdirSync(join(clone, file, '..'), { recursive: true });
    writeFileSync(join(clone, file), text, { mode });
  }
});
