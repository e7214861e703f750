import type { GenerationsDocument } from './generation-book';
import { RebuildWork } from './rebuild-work';

const hour = 3_600_000;
const idle: GenerationsDocument = { _id: 'analytics', live: 1, last: 1 };
const retired: GenerationsDocument = { ...idle, retired: [0] };
const filling: GenerationsDocument = {
  ...idle,
  rebuild: { number: 2, stage: 'filling', by: 'ada', at: new Date(0), evenIfDifferent: false },
};

function open(isOurs = true) {
  const done: string[] = [];
  const state = { nowMs: 0, isOurs, working: Promise.resolve() };
  const work = new RebuildWork(
    {
      takeWork: () => {
        done.push('take');
        return Promise.resolve(state.isOurs);
      },
    },
    {
      sweep: () => Promise.resolve(void done.push('sweep')),
      work: () => {
        done.push('work');
        return state.working;
      },
    },
    () => state.nowMs,
  );
  const turn = async (document: GenerationsDocument) => {
    await work.turn(document);
    return done.splice(0);
  };
  return { state, turn, work, done };
}

it('sweeps at first and once an hour, and otherwise works when it is asked to', async () => {
  const { state, turn } = open();
  expect(await turn(idle)).toEqual(['take', 'sweep', 'work']);
  expect(await turn(idle)).toEqual([]);
  expect(await turn(retired)).toEqual(['take', 'work']);
  expect(await turn(filling)).toEqual(['take', 'work']);
  expect(await turn({ ...filling, rebuild: undefined })).toEqual([]);
  state.nowMs = hour + 1;
  expect(await turn(idle)).toEqual(['take', 'sweep', 'work']);
});

it('does nothing while another instance works, and sweeps when it has the turn', async () => {
  const { state, turn } = open(false);
  expect(await turn(filling)).toEqual(['take']);
  state.isOurs = true;
  expect(await turn(idle)).toEqual(['take', 'sweep', 'work']);
});

it('keeps the work while it works, and begins nothing twice', async () => {
  const { state, turn, work, done } = open();
  await turn(idle);
  const { promise, resolve } = Promise.withResolvers<void>();
  state.working = promise;
  const first = work.turn(filling);
  expect((await turn(filling)).toSorted()).toEqual(['take', 'take', 'work']);
  resolve();
  await first;
  state.working = Promise.reject(new Error('the database is away'));
  await expect(work.turn(filling)).rejects.toThrow('away');
  done.splice(0);
  state.working = Promise.resolve();
  expect(await turn(filling)).toEqual(['take', 'work']);
});
