import { program } from './program';

describe('the command line', () => {
  it('gives fuzz its own options, also those that have the names of others', () => {
    const simulate = program();
    const fuzz = simulate.commands.find((command) => command.name() === 'fuzz');
    const seen: unknown[] = [];
    fuzz?.action((options: unknown) => void seen.push(options));
    simulate.parse(['fuzz', '--from', '5', '--inputs', '7', '--jobs', '1', '--out', 'x.json'], {
      from: 'user',
    });
    expect(seen).toEqual([{ from: 5, inputs: 7, jobs: 1, out: 'x.json' }]);
  });
});
