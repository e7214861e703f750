import type { InputRecord, Origin } from '@waybill/messaging';

/** What a command waits for: a place that an aggregate will take, such as a tracking number of a shop. */
export interface Waiting {
  /** Who is the same: a second command with this identity is a duplicate. */
  readonly identity: string;
  readonly place: string;
  /** Which taker of the place it means, such as the carrier. */
  readonly kind: string;
  /** Kept commands of a place follow in the order of this text. */
  readonly order: string;
}

/** A command that is kept until its place is taken, with its record whole. */
export interface KeptCommand extends Waiting {
  /** Where it comes from, for the copy that is handed on one day. */
  readonly origin: Origin;
  readonly source: string;
  readonly messageId: string;
  /** Its own command time, also of one that is kept again. */
  readonly time: string;
  readonly record: InputRecord & { readonly value: Buffer };
  readonly keptAtMs: number;
  /** Size of the bulk that it was taken out of. */
  readonly items?: number;
}

/** `again`: this very record is or was kept already, or was until now. `full`: too many are kept for its place. */
export type KeepResult = 'kept' | 'again' | 'duplicate' | 'full';

export type KeptMark = 'sending' | 'expired';

export type MarkedCommand = KeptCommand & { readonly mark?: KeptMark };

/**
 * Commands that wait for a place. Sender and expiry mark a command before they act; the first mark wins.
 *
 * One identity may be kept several times, one after the other: anew once its end was told, or because it came back from
 * a wrong taker. So `mark`, `remove` and `told` mean the very keeping that their caller read, by its identity, origin and
 * time. Any other one they leave alone, however late the caller is.
 */
export interface KeptStore {
  /** Who was told to be expired can be kept anew: by another record, or by the same one sent back by an operator. */
  keep(command: KeptCommand, mostOfPlace: number): Promise<KeepResult>;
  /**
   * Keeps a command that came back from a wrong taker. Whoever sent it there may not have removed it yet, and would remove
   * this keeping if both were one: so what is kept of this very record is replaced by `command`, unmarked and later than
   * it, in one step. Removed first, it would be gone for good where the caller dies before it keeps it anew.
   */
  keepBack(command: KeptCommand, mostOfPlace: number): Promise<KeepResult>;
  /** Those of the places that are not expired. */
  of(places: readonly string[]): Promise<readonly KeptCommand[]>;
  /** True: the command has this mark, now or since before. */
  mark(command: KeptCommand, mark: KeptMark): Promise<boolean>;
  remove(commands: readonly KeptCommand[]): Promise<void>;
  /** What became of an expired one was said; from now on it stays for a while only, so that a late sender finds the mark. */
  told(command: KeptCommand): Promise<void>;
  /** Those that are not told, by identity, from behind `after` on, with their marks. */
  page(after: string | null, limit: number): Promise<readonly MarkedCommand[]>;
}

/** Both are of the same record, as often sent back by an operator. */
export const isSameRecord = (a: Pick<KeptCommand, 'origin'>, b: Pick<KeptCommand, 'origin'>): boolean =>
  a.origin.stream === b.origin.stream &&
  a.origin.offset === b.origin.offset &&
  a.origin.item === b.origin.item &&
  a.origin.n === b.origin.n;

/** `command` as it replaces what was kept before it: a keeping of its own, however coarse the clocks are. */
export const keptLater = (command: KeptCommand, before: Pick<KeptCommand, 'keptAtMs'>): KeptCommand => ({
  ...command,
  keptAtMs: Math.max(command.keptAtMs, before.keptAtMs + 1),
});
