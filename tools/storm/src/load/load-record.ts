import type { Sent } from '../audit/sent';
import type { Owner } from '../system/service-names';
import { saidBy } from './said';

/** A record for a command topic, and what its sender knows of the commands in it. */
export interface LoadRecord {
  readonly service: Owner;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly commands: readonly Sent[];
}

/** A command that is not in an envelope yet; `type` without the service and the version. */
export interface Draft {
  readonly service: Owner;
  readonly type: string;
  readonly key: string;
  readonly data: object;
  /** The command's time; left out, it is that of its record. */
  readonly time?: string;
  readonly known?: Pick<Sent, 'must' | 'echoes' | 'waits' | 'scan'>;
}

/** The draft as a record; `asks` for a reply under its own id. */
export function recordOf(id: string, asks: boolean, draft: Draft): LoadRecord {
  const { service, type, key, data, time, known } = draft;
  const envelope = {
    specversion: '1.0',
    id,
    source: 'storm',
    type: `${service}.${type}.v1`,
    ...(time === undefined ? {} : { time }),
    data,
  };
  return {
    service,
    key,
    value: JSON.stringify(envelope),
    headers: asks ? replyHeaders(service, id) : {},
    commands: [{ id, service, asks, ...saidBy(data), ...known }],
  };
}

export const replyHeaders = (service: Owner, id: string): Record<string, string> => ({
  kafka_correlationId: id,
  kafka_replyTopic: `${service}.commands.reply`,
});
