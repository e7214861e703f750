import type { Projection } from './apply-batch';

/** What may be done to the stores of a projection. */
export type Change = <Kept>(projection: Projection<Kept>) => Projection<Kept>;

export class Crash extends Error {}

const die = () => Promise.reject(new Crash());

/** Where a process dies; writes of several documents are not one, so it may also be within them. */
export const deaths = {
  'within the rollups': ({ rollups, ...rest }) => ({
    ...rest,
    rollups: {
      offsets: (...of) => rollups.offsets(...of),
      add: (changes) => rollups.add(changes.slice(0, changes.length / 2)).then(die),
      read: (range) => rollups.read(range),
    },
  }),
  'between the writes': ({ subjects, ...rest }) => ({
    ...rest,
    subjects: { load: (ids) => subjects.load(ids), write: die },
  }),
  'within the subjects': ({ subjects, ...rest }) => ({
    ...rest,
    subjects: {
      load: (ids) => subjects.load(ids),
      write: (documents) => subjects.write(documents.slice(0, documents.length / 2)).then(die),
    },
  }),
} as const satisfies Record<string, Change>;

/** Where a process stands still for a while, in which somebody else takes its place. */
export const stalls = {
  'before the subjects are read':
    (meanwhile) =>
    ({ subjects, ...rest }) => ({
      ...rest,
      subjects: {
        load: (ids) => meanwhile().then(() => subjects.load(ids)),
        write: (documents) => subjects.write(documents),
      },
    }),
  'before the rollups':
    (meanwhile) =>
    ({ rollups, ...rest }) => ({
      ...rest,
      rollups: {
        offsets: (...of) => rollups.offsets(...of),
        add: (changes) => meanwhile().then(() => rollups.add(changes)),
        read: (range) => rollups.read(range),
      },
    }),
  'between the writes':
    (meanwhile) =>
    ({ subjects, ...rest }) => ({
      ...rest,
      subjects: {
        load: (ids) => subjects.load(ids),
        write: (documents) => meanwhile().then(() => subjects.write(documents)),
      },
    }),
} as const satisfies Record<string, (meanwhile: () => Promise<void>) => Change>;

export const asItIs: Change = (projection) => projection;

/** Every rollup takes everything, as if it did not know up to where it counts. */
export const withoutOffsets: Change = ({ rollups, ...rest }) => ({
  ...rest,
  rollups: {
    offsets: async (...of) => (await rollups.offsets(...of)).map((offset) => (offset === null ? null : -1)),
    async add(changes) {
      const now = await Promise.all(changes.map(({ stream, cell }) => rollups.offsets(stream, [cell])));
      return rollups.add(changes.map((change, i) => ({ ...change, expectedOffset: now[i]?.[0] ?? null })));
    },
    read: (range) => rollups.read(range),
  },
});

/** The subjects are written before the rollups. */
export const subjectsFirst: Change = ({ rollups, subjects, ...rest }) => {
  let waiting: Parameters<typeof rollups.add>[0] = [];
  return {
    ...rest,
    rollups: {
      offsets: (...of) => rollups.offsets(...of),
      add(changes) {
        waiting = changes;
        return Promise.resolve(true);
      },
      read: (range) => rollups.read(range),
    },
    subjects: {
      load: (ids) => subjects.load(ids),
      write: async (documents) => (await subjects.write(documents)) && rollups.add(waiting),
    },
  };
};
