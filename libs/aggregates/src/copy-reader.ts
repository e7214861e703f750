import type { Target } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';

/** Read-only copies that a service keeps of other services' aggregates, to judge its own commands by. */
export interface CopyReader {
  /** Called once for all commands of a batch that are to be folded; the answers, in the same order, come to `toCommand`. */
  read(
    asked: readonly { readonly message: CommandMessage; readonly target: Target }[],
  ): Promise<readonly unknown[]>;
}
