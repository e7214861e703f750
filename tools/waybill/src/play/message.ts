import type { Expectation, PlannedMessage } from './planned-message';

/** Whom all messages of a run come from. */
export const source = 'waybill-replay';

export interface MessageParts {
  readonly service: PlannedMessage['service'];
  readonly key: string;
  /** Short name of the command. */
  readonly name: string;
  readonly commandId: string;
  readonly source?: string;
  readonly at: string;
  readonly data: object;
  readonly gist: string;
  readonly orderNumber?: string;
  readonly purpose: PlannedMessage['purpose'];
  readonly expected?: Expectation;
}

/** Puts a command into its envelope, with what must become of it. */
export function message(parts: MessageParts): PlannedMessage {
  const { service, key, name, commandId, at, data, gist, orderNumber, purpose, expected } = parts;
  return {
    service,
    key,
    value: JSON.stringify({
      specversion: '1.0',
      id: commandId,
      type: `${service}.${name}.v1`,
      source: parts.source ?? source,
      subject: key,
      time: at,
      data,
    }),
    at,
    commandId,
    name,
    gist,
    ...(orderNumber === undefined ? {} : { orderNumber }),
    purpose,
    expected: expected ?? { outcome: 'accepted' },
  };
}

/** The later one of two times of one form. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
