import type { Owner } from '../system/service-names';
import type { TopicRecord } from './topic-record';

/** A document with an aggregate in it, as far as it is looked at. */
export interface StoredDocument {
  readonly id: string;
  readonly sequence: number;
}

/** A read-only copy that claims keep. */
export interface StoredCopy extends StoredDocument {
  readonly known: Readonly<Record<string, unknown>>;
}

/** A scan or an estimate whose number is not known yet. */
export interface KeptCommand {
  readonly messageId: string;
  /** `<shop>/<number>`. */
  readonly place: string;
  readonly mark: string | null;
}

/** What one service has left behind. */
export interface ServiceEvidence {
  readonly commands: readonly TopicRecord[];
  readonly facts: readonly TopicRecord[];
  readonly replies: readonly TopicRecord[];
  readonly deadLetters: readonly TopicRecord[];
  /** Those that waited in a retry topic. */
  readonly retried: readonly TopicRecord[];
  /** Aggregates that have a state. */
  readonly stored: readonly StoredDocument[];
  readonly kept: readonly KeptCommand[];
  /** Each aggregate as it is served over HTTP; null: 404. */
  readonly served: ReadonlyMap<string, unknown>;
}

/** A question to analytics, and what one of its instances has answered. */
export interface ReportAnswer {
  readonly instance: string;
  readonly shop: string;
  readonly report: string;
  readonly query: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that is there when all has settled. */
export interface Evidence {
  readonly services: Readonly<Record<Owner, ServiceEvidence>>;
  /** What claims keep of the aggregates of others. */
  readonly copies: Readonly<Record<'orders' | 'shipments', readonly StoredCopy[]>>;
  readonly reports: readonly ReportAnswer[];
  /** Records that still wait somewhere, each with its place. */
  readonly pending: readonly string[];
}
