import { ProgressScreen } from './progress-screen';

function open(isTTY: boolean) {
  const state = { written: '', nowMs: 0 };
  const write = (text: string) => (state.written += text);
  return { state, screen: new ProgressScreen({ isTTY, write }, () => state.nowMs) };
}

it('writes over its line on a terminal, and begins a new one for something else', () => {
  const { state, screen } = open(true);
  for (const line of ['g2: 1', 'g2: 2', 'compared']) screen.show(line);
  screen.end();
  screen.end();
  expect(state.written).toBe('\r\u001b[Kg2: 1\r\u001b[Kg2: 2\ncompared\n');
});

it('says something every five seconds elsewhere, and at once what is new', () => {
  const { state, screen } = open(false);
  for (const [nowMs, line] of [
    [0, 'g2: 1'],
    [4999, 'g2: 2'],
    [5000, 'g2: 3'],
    [5001, 'compared'],
    [5002, 'compared'],
  ] as const) {
    state.nowMs = nowMs;
    screen.show(line);
  }
  screen.end();
  expect(state.written).toBe('g2: 1\ng2: 3\ncompared\n');
});
