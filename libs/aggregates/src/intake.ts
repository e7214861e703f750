import { refusalOf } from '@waybill/contracts';
import { type Issue, type Refused, refused } from '@waybill/decider';
import {
  commandTime,
  type DeadLetter,
  decodeEnvelope,
  type Envelope,
  type HandedOn,
  type InputRecord,
  type OriginSigner,
  originalStream,
  type ParkingPlace,
  replyAddress,
  type Tracing,
  type UndeliverableReason,
} from '@waybill/messaging';
import type { CommandMessage } from './aggregate-type';
import type { CommandOrigin, Incoming } from './incoming';

/** What step 1 makes of a record: a command, a command that is not valid, or something that nobody can read. */
export type Taken =
  | { readonly kind: 'command'; readonly incoming: Incoming }
  | { readonly kind: 'invalid'; readonly incoming: Incoming; readonly refusal: Refused }
  | { readonly kind: 'malformed'; readonly deadLetter: DeadLetter; readonly incoming?: Incoming };

/** Checks the data of a command by its full type name; `null`: the service has no such command. */
export type CommandValidator = (type: string, data: unknown) => readonly Issue[] | null;

export interface IntakeOptions {
  readonly service: string;
  readonly validate: CommandValidator;
  readonly signer: OriginSigner;
  readonly onReplyAddressRefused?: (reason: UndeliverableReason) => void;
  readonly tracing?: Pick<Tracing, 'begin'>;
}

/** Step 1 of the engine: decode and check one record. Never throws, whatever the bytes are. */
export class Intake {
  constructor(private readonly options: IntakeOptions) {}

  /** `stream` is the base stream of the partition that the record was read from. */
  take(record: InputRecord, stream: string): Taken {
    const physical: CommandOrigin = { stream, offset: record.offset, item: 0, redrives: 0 };
    const decoded = decodeEnvelope(record);
    if (!decoded.ok) return malformed(record, physical, 'the message cannot be read', decoded.reasons);
    const { envelope } = decoded;
    const signed = this.options.signer.read(record.headers, { ...envelope, value: record.value ?? '' });
    if (signed.kind === 'forged')
      return malformed(record, physical, 'the origin headers are not signed by this service', [
        issue(['headers', 'waybill-signature'], 'does not match origin, command and key', 'signature'),
      ]);
    const handedOn = signed.kind === 'genuine' ? signed.handedOn : undefined;
    const from = handedOn ? originOf(handedOn) : physical;
    const issues = this.options.validate(envelope.type, envelope.data);
    if (!issues)
      return malformed(
        record,
        from,
        `${this.options.service} has no such command`,
        [issue(['envelope', 'type'], 'is not a command of this service', 'unknown_type')],
        handedOn?.parked,
      );
    return this.check(record, envelope, handedOn, from, issues);
  }

  private check(
    record: InputRecord,
    envelope: Envelope,
    handedOn: HandedOn | undefined,
    from: CommandOrigin,
    dataIssues: readonly Issue[],
  ): Taken {
    const time = handedOn ? { ok: true as const, time: handedOn.time } : commandTime(envelope, record);
    const issues = [...(time.ok ? [] : [time.issue]), ...dataIssues];
    const told: CommandMessage = {
      type: envelope.type,
      id: envelope.id,
      source: envelope.source,
      time: time.ok ? time.time : new Date(record.timestampMs).toISOString(),
      ...(envelope.correlationid === undefined ? {} : { correlationId: envelope.correlationid }),
      ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
      ...(handedOn?.kept ? { kept: true } : {}),
      ...(handedOn?.saidAt === undefined ? {} : { saidAt: handedOn.saidAt }),
      data: envelope.data,
    };
    const traceparent = this.options.tracing?.begin(record, told);
    const message = traceparent === undefined ? told : { ...told, traceparent };
    const reply = replyAddress(record.headers);
    // a copy that was handed on has the same address as the record that it was made of
    if (reply.kind === 'refused' && !handedOn) this.options.onReplyAddressRefused?.(reply.reason);
    const incoming: Incoming = {
      record,
      message,
      from,
      ...(handedOn ? { handedOn } : {}),
      ...(reply.kind === 'address' ? { reply: reply.address } : {}),
      ...(handedOn?.items === undefined
        ? {}
        : { item: { item: handedOn.origin.item, items: handedOn.items } }),
    };
    if (issues.length === 0) return { kind: 'command', incoming };
    const { key, message: text, errors } = refusalOf(issues);
    return { kind: 'invalid', incoming, refusal: refused(key, text, errors) };
  }
}

/** Answers and dead letters of a message that took a detour are filed under the record that it was first. */
function originOf({ origin }: HandedOn): CommandOrigin {
  return {
    stream: origin.detour === 'reaction' ? origin.stream : originalStream(origin.stream),
    offset: origin.offset,
    item: origin.item,
    redrives: origin.n,
  };
}

function malformed(
  record: InputRecord,
  from: CommandOrigin,
  message: string,
  reasons: readonly Issue[],
  /** Its place in a line, which it keeps: the next release may know the command. */
  parked?: ParkingPlace,
): Taken {
  return {
    kind: 'malformed',
    deadLetter: deadLetterOf(
      record,
      from,
      'malformed',
      'malformed_request',
      message,
      reasons,
      parked ? { parked } : {},
    ),
  };
}

/** A message kept for operators, filed under where it came from first. */
export function deadLetterOf(
  record: InputRecord,
  from: CommandOrigin,
  kind: DeadLetter['kind'],
  key: string,
  message: string,
  reasons: readonly Issue[],
  more: Pick<DeadLetter, 'stack' | 'items' | 'parked'> = {},
): DeadLetter {
  return {
    kind,
    key,
    message,
    reasons,
    stream: from.stream,
    offset: from.offset,
    item: from.item,
    n: from.redrives,
    record,
    ...more,
  };
}

const issue = (loc: readonly (string | number)[], msg: string, type: string): Issue => ({
  loc,
  field: loc.slice(1).join('.'),
  msg,
  type,
});
