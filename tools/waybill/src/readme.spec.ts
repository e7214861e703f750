import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { program } from './program';

const read = (path: string) => readFileSync(join(__dirname, path), 'utf8');
const readme = read('../README.md');
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

const distinct = (pattern: RegExp): string[] => [...new Set(readme.match(pattern))].toSorted();

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
    const { scripts } = JSON.parse(read('../../../package.json')) as { scripts: Record<string, string> };
    const named = distinct(/npm run [a-z-]+/g).map((text) => text.replace('npm run ', ''));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
