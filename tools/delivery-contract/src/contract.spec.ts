import { join } from 'node:path';
import { allResults, chapters, committedPage, currentPage } from './contract';
import { missingTests } from './evidence';
import { pageOf } from './page';
import { test as evidence } from './promise';
import { faultsIn } from './results';

const root = join(__dirname, '../../..');

describe('docs/delivery-contract.md', () => {
  it('is what its sentences and figures make (npm run delivery-contract)', () => {
    expect(committedPage(root)).toBe(currentPage(root));
  });

  it('rests on runs that found nothing against it', () => {
    expect(faultsIn(allResults(root))).toEqual({ simulation: 0, controls: 0, fuzzing: 0, storm: 0, soak: 0 });
  });

  it('rests on runs as long as it says', () => {
    const { simulation, fuzzing, storm, soak } = allResults(root);
    const killed = Object.values(storm.kills).reduce((sum, count) => sum + count, 0);
    expect(simulation.histories).toBeGreaterThanOrEqual(100_000);
    expect(fuzzing.inputs).toBeGreaterThanOrEqual(1_000_000);
    expect(killed).toBeGreaterThanOrEqual(200);
    expect(soak.options.minutes).toBeGreaterThanOrEqual(15);
  });

  it('has something that shows it for each sentence', () => {
    const bare = chapters.flatMap(({ promises }) => promises).filter(({ shownBy }) => shownBy.length === 0);
    expect(bare).toEqual([]);
  });
});

describe('a contract', () => {
  it('that names a test that is not there is refused', () => {
    const chapter = (file: string, title: string) => [
      { title: 'x', intro: 'x', promises: [{ text: 'x', shownBy: [evidence(file, title)] }] },
    ];
    const here = 'tools/delivery-contract/src/page.ts';
    expect(missingTests(root, chapter('apps/nowhere.spec.ts', 'x'), [])).toEqual([
      'there is no apps/nowhere.spec.ts',
    ]);
    expect(missingTests(root, chapter(here, 'that nobody has written'), [])).toEqual([
      `${here} has no test “that nobody has written”`,
    ]);
  });

  it('shows what a run has found, also if it is bad', () => {
    const results = allResults(root);
    const bad = { ...results, storm: { ...results.storm, lost: 3 } };
    expect(pageOf(chapters, [], bad)).toContain('| **lost** | **3** |');
    expect(faultsIn(bad).storm).toBe(3);
  });
});
