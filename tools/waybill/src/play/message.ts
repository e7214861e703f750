import type { Expectation, PlannedMessage } from './planned-message';

/** Whom all messages of a run come from. */
export const source = 'waybill-replay';

export interface MessageParts extends Omit<PlannedMessage, 'key' | 'value' | 'commandId' | 'expected'> {
  readonly key: string;
  readonly commandId: string;
  readonly source?: string;
  readonly data: object;
  /** Accepted, where it is left out. */
  readonly expected?: Expectation;
}

/** Puts a command into its envelope, with what must become of it. */
export function message({ data, source: from = source, ...parts }: MessageParts): PlannedMessage {
  const { service, name, commandId: id, key: subject, at: time } = parts;
  const type = `${service}.${name}.v1`;
  return {
    expected: { outcome: 'accepted' },
    ...parts,
    value: JSON.stringify({ specversion: '1.0', id, type, source: from, subject, time, data }),
  };
}

/** The later one of two times of one form. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
