/** A record for the command topic, and what its sender knows of the commands in it. */
export interface LoadRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly commands: readonly LoadCommand[];
}

export interface LoadCommand {
  readonly id: string;
  readonly asks: boolean;
  readonly copies: number;
  readonly must?: 'change' | 'be refused';
}

const replyTopic = 'orders.commands.reply';

export const replyHeaders = (id: string) => ({ kafka_correlationId: id, kafka_replyTopic: replyTopic });

/** Half of the commands say their time, the others take that of their record. */
export const envelope = (id: string, type: string, data: object): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'survival',
    type: `orders.${type}.v1`,
    ...(id.length % 2 === 0 ? { time: '2026-01-12T08:00:00Z' } : {}),
    data,
  });
