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
  readonly time: string;
  readonly record: InputRecord & { readonly value: Buffer };
  readonly keptAtMs: number;
}

/** `again`: this very record is or was kept already. `full`: too many are kept for its place. */
export type KeepResult = 'kept' | 'again' | 'duplicate' | 'full';

export type KeptMark = 'sending' | 'expired';

/** Commands that wait for a place. Sender and expiry mark a command before they act; the first mark wins. */
export interface KeptStore {
  /** Who was told to be expired can be kept anew: by another record, or by the same one sent back by an operator. */
  keep(command: KeptCommand, mostOfPlace: number): Promise<KeepResult>;
  /** Those of the places that are not expired. */
  of(places: readonly string[]): Promise<readonly KeptCommand[]>;
  /** True: the command has this mark, now or since before. */
  mark(identity: string, mark: KeptMark): Promise<boolean>;
  remove(identities: readonly string[]): Promise<void>;
  /** What became of an expired one was said; it stays for a while, so that a late sender finds the mark. */
  told(identity: string): Promise<void>;
  /** Those that are not told, by identity, from behind `after` on, with their marks. */
  page(after: string | null, limit: number): Promise<readonly (KeptCommand & { readonly mark?: KeptMark })[]>;
}
