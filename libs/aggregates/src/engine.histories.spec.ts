import type { Rule } from './fold';
import { calm, runHistory, stormy, type Weather } from './simulated/history';

const references: Weather = { ...stormy, reference: 0.35, kinds: ['append', 'append-if', 'set', 'set', 'rename', 'rename'] };
const names: Weather = { ...stormy, wrongKey: 0.1, batch: 6, kinds: ['rename', 'rename', 'rename', 'create', 'set'] };
const bugs: Weather = { ...stormy, poison: 0.3, kinds: ['append', 'append', 'set', 'create'] };
const zombies: Weather = { ...stormy, stall: 0.05, wrongKey: 0.3 };
const weathers: [string, Weather][] = [['calm', calm], ['stormy', stormy], ['references', references], ['names', names], ['bugs', bugs], ['zombies', zombies]];
const N = Number(process.env['N'] ?? 300);

it.each(weathers)('%s', async (_name, weather) => {
  const wrong: unknown[] = [];
  for (let seed = 0; seed < N; seed++) { const w = await runHistory(seed, weather); if (w.length) wrong.push([seed, ...w]); }
  expect(wrong.slice(0,3)).toEqual([]);
}, 30000);
const rules: Rule[] = (process.env['RULES']?.split(',') as Rule[]) ?? ['at','origin-position','origin-left-by-all','exact-late','ids','out-on-redelivery','quiet-copies','old-out-in-front','outcomes-kept','failure-kept','others-written','cut-at-unique','holder-read','rev-guard','publish-before-commit'];
it('controls', async () => {
  const table: Record<string, unknown> = {};
  for (const rule of rules) { const row: Record<string, unknown> = {};
    for (const [name, weather] of weathers) { let first = -1; let what = ''; let seed = 0; for (; seed < N; seed++) { const w = await runHistory(seed, weather, [rule]); if (w.length) { first = seed; what = w[0]!; break; } } row[name] = first; if (first >= 0) row['what'] = what.slice(0, 60); }
    table[rule] = row; }
  console.table(table);
}, 600000);
