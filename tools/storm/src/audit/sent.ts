import type { Owner } from '../system/service-names';

/** A command as its sender knows it; an item of a bulk is one of its own, `<command id>/<position>`. */
export interface Sent {
  readonly id: string;
  readonly service: Owner;
  /** It asked for a reply, under its own id (for an item: the id of the bulk) as correlation id. */
  readonly asks: boolean;
  /** What has to come of it whatever happens around it. */
  readonly must?: 'change' | 'be refused';
  /** A name of its own in what it says, which has to be in what comes of it. */
  readonly says?: string;
  /** It says what another command says, so it may be called a duplicate although nobody has sent it before. */
  readonly echoes?: true;
  /** It names a parcel by its number, and is kept until the number is known. */
  readonly waits?: true;
  /** The scan that it brings. */
  readonly scan?: { readonly shop: string; readonly number: string; readonly externalId: string };
}
