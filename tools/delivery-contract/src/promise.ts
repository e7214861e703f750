/** A long run whose figures lie in docs/results. */
export type RunName = 'simulation' | 'controls' | 'fuzzing' | 'storm' | 'soak';

/** A test: its file, from the root of the checkout, and a title that stands in it word for word. */
export interface TestEvidence {
  readonly file: string;
  readonly title: string;
}

export type Evidence = RunName | TestEvidence;

/** One sentence, and what shows that it is so. */
export interface Promised {
  readonly text: string;
  readonly shownBy: readonly Evidence[];
}

export interface Chapter {
  readonly title: string;
  readonly intro: string;
  readonly promises: readonly Promised[];
}

/** What somebody might expect and must not. */
export interface NotPromised {
  readonly text: string;
  /** Where it is seen, if it is. */
  readonly seenIn?: TestEvidence;
}

export const test = (file: string, title: string): TestEvidence => ({ file, title });
