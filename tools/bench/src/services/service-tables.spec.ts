import type { Answered } from './ask';
import { mediansOf, tablesOf, together } from './service-tables';

const rate = { lane: 'shipments', workload: 'scans', messages: 100, ms: 1000, rate: 100, serviceUs: 300 };
const measured = { ...rate, brokerUs: 20, databaseUs: 100, peakMb: 200, load: 1, faults: [] };
const latency = {
  lane: 'reaction latency',
  offered: 50,
  sent: 200,
  seen: 200,
  p50: 60,
  p99: 90,
  max: 99,
  load: 1,
};
const answer: Answered = {
  what: 'one order',
  orders: 1000,
  at: 16,
  requests: 5000,
  rate: 1000,
  p50: 1.5,
  p99: 4,
  serviceUs: 500,
  databaseUs: 100,
  load: 1,
  faults: [],
};

it('shows the median of the rounds with the least and the most', () => {
  const rounds = [100, 300, 200].map((each) => ({ rates: [{ ...measured, rate: each }] }));
  const answers = [1.5, 2.5].map((p50) => ({ answers: [{ ...answer, p50 }] }));
  const text = tablesOf(mediansOf(together([...rounds, ...answers]))).join('\n');
  expect(text).toContain('| scans | shipments | 200 (100–300) | 300 |');
  expect(text).toContain('| one order | 1000 | 16 | 1000 | 2.0 (1.5–2.5) |');
});

it('leaves out what is void: a wrong final state, facts that were not seen, wrong answers', () => {
  const { rates, latencies, answers } = mediansOf(
    together([
      { rates: [measured, { ...measured, rate: 9999, faults: ['events: 1, not 2'] }] },
      { latencies: [latency, { ...latency, p50: 1, seen: 199 }] },
      { answers: [answer, { ...answer, p50: 0.1, faults: ['3 of 5000 answers were wrong'] }] },
    ]),
  );
  expect(rates).toMatchObject([{ rounds: 1, rate: { max: 100 } }]);
  expect(latencies).toMatchObject([{ rounds: 1, p50: { min: 60 } }]);
  expect(answers).toMatchObject([{ rounds: 1, p50: { min: 1.5 } }]);
});

it('connections and the number of orders tell answers apart', () => {
  const all = [answer, { ...answer, at: 1 }, { ...answer, orders: 10 }];
  expect(mediansOf(together([{ answers: all }])).answers).toHaveLength(3);
});
