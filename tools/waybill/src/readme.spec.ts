import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { program } from './program';

const read = (path: string) => readFileSync(join(__dirname, path), 'utf8');
const readme = read('../README.md');
const rootReadme = read('../../../README.md');
const { scripts } = JSON.parse(read('../../../package.json')) as { scripts: Record<string, string> };
const waybill = program();

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];

/** What can be called, such as `dead-letters list`. */
const callable = ({ commands }: Command): string[] =>
  commands.flatMap((command) =>
    command.commands.length === 0
      ? [command.name()]
      : callable(command).map((name) => `${command.name()} ${name}`),
  );

/** Commands of a row of the table: `dead-letters list`, `show` stands for two of dead-letters. */
function commandsOf(cell: string): string[] {
  let owner: string[] = [];
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => {
    const words = text.split(' ').filter((word) => /^[a-z]/.test(word));
    const isNamed = waybill.commands.some((command) => command.name() === words[0]);
    if (isNamed) owner = words.slice(0, -1);
    return [...(isNamed ? [] : owner), ...words].join(' ');
  });
}

const distinct = (pattern: RegExp, text = readme): string[] => [...new Set(text.match(pattern))].toSorted();

const scriptsIn = (text: string): string[] =>
  distinct(/npm run (?:-s )?[a-z:-]+/g, text).map((found) => found.replace(/npm run (-s )?/, ''));

describe('the README of the command line', () => {
  it('has every command in its table, and no other one', () => {
    const rows = readme.split('\n').flatMap((line) => /^\| (`.+?`) *\|/.exec(line)?.[1] ?? []);
    expect(rows.flatMap(commandsOf).toSorted()).toEqual(callable(waybill).toSorted());
  });

  it('names options that there are', () => {
    const options = all(waybill).flatMap((command) => command.options.map(({ long }) => long));
    expect(options).toEqual(expect.arrayContaining(distinct(/--(?!help\b)[a-z][a-z-]+/g)));
  });

  it('names variables that there are', () => {
    const help = all(waybill)
      .map((command) => command.helpInformation())
      .join('\n');
    for (const variable of distinct(/\b(?:KAFKA|MONGODB|WAYBILL)_[A-Z_]+/g)) expect(help).toContain(variable);
  });

  it('names scripts that there are', () => {
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(scriptsIn(readme)));
  });
});

describe('the first README', () => {
  it('has every command in its table that is no script of its own, and no other one', () => {
    const rows = rootReadme.split('\n').flatMap((line) => /^\| (`waybill .+?`) *\|/.exec(line)?.[1] ?? []);
    const shown = rows.map((row) => row.replaceAll('`waybill ', '`')).flatMap(commandsOf);
    const own = callable(waybill).filter((name) => !(name in scripts) || shown.includes(name));
    expect(shown.toSorted()).toEqual(own.toSorted());
  });

  it('names scripts that there are', () => {
    const named = scriptsIn(rootReadme);
    expect(named).toEqual(expect.arrayContaining(['demo', 'check', 'storm']));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('names every folder of tools, and no other one', () => {
    const [, text = ''] = /^tools\/ +([^]*?)^\S/m.exec(rootReadme) ?? [];
    const outside = text.replaceAll(/\([^)]*\)/g, '');
    const named = outside.split(',').map((name) => name.trim());
    const folders = readdirSync(join(__dirname, '../..'), { withFileTypes: true });
    expect(named.toSorted()).toEqual(
      folders.flatMap((one) => (one.isDirectory() ? one.name : [])).toSorted(),
    );
  });
});
