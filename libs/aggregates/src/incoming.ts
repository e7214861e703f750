import type { Refused } from '@waybill/decider';
import type { HandedOn, InputRecord, ReplyAddress } from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';

/** The place that a command came from first; answers and dead letters are filed under it, whatever detour it took. */
export interface CommandOrigin {
  readonly stream: string;
  readonly offset: number;
  readonly item: number;
  /** How often an operator sent it back. */
  readonly redrives: number;
}

/** A command that was understood, with everything that is needed to fold, answer or keep it. */
export interface Incoming {
  readonly record: InputRecord;
  readonly message: CommandMessage;
  readonly from: CommandOrigin;
  /** Set when it was handed on by the router, a reaction, the retry topics or a redrive. */
  readonly handedOn?: HandedOn;
  readonly reply?: ReplyAddress;
  /** It is not valid, by the code of today. Set where its line must hear of it; any other one is answered at once. */
  readonly refusal?: Refused;
  /** What the service's copies of other aggregates say of it. */
  readonly copy?: unknown;
  /** Position and size of the bulk that it was split from. */
  readonly item?: { readonly item: number; readonly items: number };
}

export const answerKey = (from: CommandOrigin): string =>
  `${from.stream}@${from.offset},${from.item}${from.redrives > 0 ? `,${from.redrives}` : ''}`;

/** Of one copy of a command alone. */
export const copyKey = ({ from, record }: Incoming): string => `${answerKey(from)}#${record.offset}`;
