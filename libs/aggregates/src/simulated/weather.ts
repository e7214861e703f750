/** What a kind of history is made of; probabilities are for each turn or command. */
export interface Weather {
  readonly commands: number;
  /** Most records in a batch. */
  readonly batch: number;
  readonly kinds: readonly string[];
  /** A process dies at the call that it stands before. */
  readonly kill: number;
  /** A process stands still for longer than its session lasts, and goes on later. */
  readonly stall: number;
  /** A call fails, with or without its effect. */
  readonly lose: number;
  /** A partition goes to another member of the group although nobody is gone. */
  readonly move: number;
  /** A group goes back to an older offset. */
  readonly rewind: number;
  /** A worker waits long for the next thing that it does. */
  readonly slow: number;
  /** The same where its last call was of this kind. */
  readonly slowAfter?: Readonly<Record<string, number>>;
  /** A sweep looks, while something is kept. */
  readonly sweep: number;
  /** The only aggregates that commands name. */
  readonly targets?: readonly string[];
  readonly wrongKey: number;
  readonly reference: number;
  readonly bulk: number;
  readonly twice: number;
  readonly poison: number;
  /** Commands that ask for no reply. */
  readonly silent: number;
  /** Kept scans may end before their number comes. */
  readonly expiry?: true;
  /** Scans of two kinds, for takers that change theirs. */
  readonly labels?: true;
  /** Reactions to reactions. */
  readonly echo?: true;
  /** Starts are counted, and after three of them records go one by one. */
  readonly careful?: true;
  /** Processes of several releases: some have a bug, some accept what others ignore. */
  readonly releases?: true;
  /**
   * The releases also differ in what is valid. What an old one writes late is published then with the next change, and by
   * nobody once the partition has changed hands again: so it does that once, and each aggregate is changed in the end.
   */
  readonly checks?: true;
  /** What comes after a command that failed is parked behind it. */
  readonly parks?: true;
}

const calm: Weather = {
  commands: 12,
  batch: 5,
  kinds: ['create', 'append', 'append', 'append-if', 'append-once', 'set', 'set', 'rename'],
  kill: 0,
  stall: 0,
  lose: 0,
  move: 0,
  rewind: 0,
  slow: 0,
  sweep: 0.08,
  wrongKey: 0.2,
  reference: 0,
  bulk: 0.1,
  twice: 0.05,
  poison: 0,
  silent: 0.2,
};

const stormy: Weather = { ...calm, kill: 0.02, stall: 0.008, lose: 0.05, move: 0.004 };
const scanning: Weather = {
  ...stormy,
  kinds: ['create', 'attach', 'attach', 'scan', 'scan', 'scan', 'set'],
  commands: 14,
  slow: 0.08,
  kill: 0.04,
  wrongKey: 0.5,
};
const labels: Weather = {
  ...scanning,
  labels: true,
  move: 0.04,
  kill: 0.01,
  twice: 0,
  bulk: 0,
  slow: 0.1,
  kinds: ['create', 'attach', 'scan', 'scan', 'scan', 'relabel', 'relabel', 'relabel'],
  commands: 20,
};
const releases: Weather = {
  ...stormy,
  releases: true,
  poison: 0.03,
  kill: 0.05,
  stall: 0.04,
  move: 0.03,
  slow: 0.06,
  wrongKey: 0,
  bulk: 0,
  commands: 14,
  kinds: ['append', 'append', 'append', 'append', 'create', 'set'],
};

export const weathers = {
  calm,
  stormy,
  references: {
    ...stormy,
    reference: 0.35,
    move: 0.02,
    kinds: ['append', 'append-if', 'set', 'set', 'rename', 'rename'],
  },
  names: { ...stormy, wrongKey: 0.1, batch: 6, kinds: ['rename', 'rename', 'rename', 'create', 'set'] },
  bugs: { ...stormy, poison: 0.3, kinds: ['append', 'append', 'set', 'create'] },
  parking: {
    ...stormy,
    parks: true,
    poison: 0.2,
    stall: 0.02,
    bulk: 0.2,
    kinds: ['append', 'append', 'append', 'append-if', 'set', 'create'],
  },
  scans: scanning,
  zombies: { ...stormy, stall: 0.04, move: 0.02, wrongKey: 0.3 },
  bulks: { ...stormy, bulk: 0.5, kinds: ['create', 'append', 'append', 'set', 'append-if'] },
  rewinds: { ...stormy, rewind: 0.006, kinds: ['append', 'append-if', 'set', 'set', 'rename', 'create'] },
  expiry: { ...scanning, expiry: true, twice: 0 },
  labels,
  // whoever sends on what was kept is slow, and what it has sent comes back meanwhile
  returns: {
    ...labels,
    kill: 0,
    lose: 0,
    stall: 0,
    slow: 0,
    slowAfter: { 'look up': 0.3, 'hand on': 0.6 },
    sweep: 0.002,
    targets: ['a1'],
    wrongKey: 0.6,
    batch: 4,
    kinds: ['attach', 'scan', 'scan', 'scan', 'relabel', 'relabel', 'relabel'],
    commands: 25,
  },
  echoes: { ...stormy, echo: true, commands: 10, kinds: ['create', 'append', 'append', 'append', 'set'] },
  careful: { ...stormy, careful: true, kill: 0.03 },
  releases,
  rollouts: { ...releases, checks: true, kill: 0.01, stall: 0.004, move: 0.003 },
} satisfies Record<string, Weather>;

/** No worker begins a batch of commands before the commit of the one before it, as it is in `BatchLoop`. */
export const isStrict = (weather: Weather): boolean => weather.releases === true || weather.labels === true;

export type WeatherName = keyof typeof weathers;
