import type { Target } from '@waybill/messaging';
import type { mongo } from 'mongoose';
import type { RouteDecision, RouteRequest, RouteStore } from './route-store';

interface Decided {
  target: Target | null;
}

export interface RouteDocument {
  _id: string;
  first?: Decided;
  late?: Decided;
  refused?: string[];
  expires: Date;
}

/** More than a batch can ask for. */
const refusalsKept = 1000;

/** Route decisions in MongoDB: one bulk of conditional updates and one read for a batch. */
export class MongoRouteStore implements RouteStore {
  /** `ttlMs`: the retention of the command topic, as no copy of a message can be older. */
  constructor(
    private readonly collection: mongo.Collection<RouteDocument>,
    private readonly ttlMs: number,
  ) {}

  async decide(requests: readonly RouteRequest[]): Promise<readonly RouteDecision[]> {
    if (requests.length === 0) return [];
    const expires = new Date(Date.now() + this.ttlMs);
    const operations = requests.filter(isRemembered).map((request) => ({
      updateOne: {
        filter: { _id: request.message },
        update: [{ $set: { ...change(request), expires } }],
        upsert: true,
      },
    }));
    await this.bulkOnce(operations).catch((error: unknown) => {
      // two upserts of one id may race; the second attempt finds the document
      if ((error as { code?: unknown }).code !== 11000) throw error;
      return this.bulkOnce(operations);
    });
    const ids = [...new Set(requests.map(({ message }) => message))];
    const documents = await this.collection.find({ _id: { $in: ids } }).toArray();
    const byId = new Map(documents.map((document) => [document._id, document]));
    return requests.map((request) => inForce(request, byId.get(request.message)));
  }

  private async bulkOnce(operations: mongo.AnyBulkWriteOperation<RouteDocument>[]): Promise<void> {
    if (operations.length > 0) await this.collection.bulkWrite(operations, { ordered: true });
  }
}

const isRemembered = ({ found, fixed, stage }: RouteRequest): boolean => !found || !fixed || stage === 'late';

/** Aggregation expressions that set a decision only where none is in force. */
function change({ stage, found, last, record }: RouteRequest): Record<string, unknown> {
  const decided = { $literal: { target: found } };
  if (stage === 'first' && !last) return { first: { $ifNull: ['$first', decided] } };
  const refused = { $ifNull: ['$refused', []] };
  const isRefused = { $in: [record, refused] };
  if (found) return { late: { $ifNull: ['$late', { $cond: [isRefused, null, decided] }] } };
  if (!last) return {};
  const isFound = { $ne: [{ $ifNull: ['$late', null] }, null] };
  // a producer that gives all its messages one id must not fill the document
  const more = { $slice: [{ $concatArrays: [refused, [record]] }, -refusalsKept] };
  return { refused: { $cond: [{ $or: [isFound, isRefused] }, refused, more] } };
}

function inForce(request: RouteRequest, document: RouteDocument | undefined): RouteDecision {
  const { stage, record, found, last } = request;
  const isRefused = document?.refused?.includes(record);
  if (found && !isRemembered(request)) {
    if (isRefused) return { kind: 'refused' };
    const isWaiting = document?.first && !document.first.target;
    return isWaiting ? { kind: 'waits' } : { kind: 'target', target: found };
  }
  if (!document) throw new Error('a route decision is gone right after it was written');
  const isFirst = stage === 'first' && !last;
  if (!isFirst && isRefused) return { kind: 'refused' };
  const decided = isFirst ? document.first : document.late;
  return decided?.target ? { kind: 'target', target: decided.target } : { kind: 'waits' };
}
