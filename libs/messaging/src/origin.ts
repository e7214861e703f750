import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ParkingPlace } from './parking';
import type { HeaderValue, InputRecord } from './record';

/** The aggregate that a command means, and the key under which its commands travel. */
export interface Target {
  readonly aggregateId: string;
  readonly key: string;
}

/** Where a message that was handed on comes from: a stream, a place in it, and how often an operator sent it back. */
export interface Origin {
  readonly detour: 'rekeyed' | 'reaction' | 'late';
  readonly stream: string;
  readonly offset: number;
  readonly item: number;
  readonly n: number;
}

/** What travels with a message that was handed on. `time` is its command time, which a copy must not lose. */
export interface HandedOn {
  readonly origin: Origin;
  /** Left out while it is not known. */
  readonly target?: Target;
  readonly time: string;
  /** Size of the bulk that it was split from. */
  readonly items?: number;
  /** It was kept until its place was taken. */
  readonly kept?: true;
  /** Command time that it had itself when it was kept; `time` is that of the taking. */
  readonly saidAt?: string;
  /** Index of the retry delay that it waits in or has waited in. */
  readonly attempt?: number;
  /** It was sent back from the line of its aggregate. */
  readonly parked?: ParkingPlace;
}

/** The command that an origin belongs to; its value as it travels. A signature is good for no other one. */
export interface SignedCommand {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly value: Buffer | string;
}

export type ReadOrigin =
  | { readonly kind: 'none' }
  | { readonly kind: 'forged' }
  | { readonly kind: 'genuine'; readonly handedOn: HandedOn };

export const originHeader = 'waybill-origin';
const signatureHeader = 'waybill-signature';
const minSecretLength = 32;

/** Signs and checks origins with the key that only a service and its command line hold (HMAC-SHA-256). */
export class OriginSigner {
  constructor(private readonly secret: string) {
    if (secret.length < minSecretLength)
      throw new Error(`the signing key must have at least ${minSecretLength} characters`);
  }

  headers(handedOn: HandedOn, command: SignedCommand): Record<string, string> {
    const text = JSON.stringify(handedOn);
    return { [originHeader]: text, [signatureHeader]: this.sign(text, command).toString('base64url') };
  }

  /** `forged`: there is an origin or a signature, but not one that was made with this key for this very command. */
  read(headers: InputRecord['headers'], command: SignedCommand): ReadOrigin {
    if (headers[originHeader] === undefined && headers[signatureHeader] === undefined)
      return { kind: 'none' };
    const text = single(headers[originHeader]);
    const signature = single(headers[signatureHeader]);
    if (text === undefined || signature === undefined) return { kind: 'forged' };
    const given = Buffer.from(signature, 'base64url');
    const wanted = this.sign(text, command);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: 'forged' };
    return { kind: 'genuine', handedOn: JSON.parse(text) as HandedOn };
  }

  private sign(text: string, { source, id, type, value }: SignedCommand): Buffer {
    const content = createHash('sha256').update(value).digest('base64url');
    // JSON keeps them apart: no separator could
    return createHmac('sha256', this.secret)
      .update(JSON.stringify([text, source, id, type, content]))
      .digest();
  }
}

/** The aggregate that the origin header names, whether it was signed by us or not. */
export function claimedTarget(headers: InputRecord['headers']): string | undefined {
  try {
    const { target } = JSON.parse(single(headers[originHeader]) ?? '{}') as {
      target?: { aggregateId?: unknown };
    };
    return typeof target?.aggregateId === 'string' ? target.aggregateId : undefined;
  } catch {
    return undefined;
  }
}

// a repeated header could show one origin to us and another one to somebody else
const single = (value: HeaderValue): string | undefined =>
  Array.isArray(value) ? undefined : value?.toString();
