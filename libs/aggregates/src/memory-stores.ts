import type { AggregateStore, GuardedWrite, WriteResult } from './aggregate-store';
import type { FinishedPosition, PartitionPosition, PositionStore } from './position-store';
import type { RouteDecision, RouteRequest, RouteStore } from './route-store';
import type { StoredAggregate } from './stored-aggregate';

/** The stores in memory, with the behaviour of the real ones: for tests and simulations of the engine. */
export class MemoryAggregateStore implements AggregateStore {
  readonly documents = new Map<string, StoredAggregate>();
  /** Negative control: writes without looking at `rev`. */
  guarded = true;

  load(ids: readonly string[]): Promise<ReadonlyMap<string, StoredAggregate>> {
    const found = ids.flatMap((id) => {
      const document = this.documents.get(id);
      return document ? [[id, document] as const] : [];
    });
    return Promise.resolve(new Map(found));
  }

  async write(writes: readonly GuardedWrite[]): Promise<readonly WriteResult[]> {
    const results: WriteResult[] = [];
    for (const write of writes) results.push(await this.writeOne(write));
    return results;
  }

  /** One operation of an unordered bulk; a test cuts between two of them. */
  writeOne({ document, expectedRev }: GuardedWrite): Promise<WriteResult> {
    const current = this.documents.get(document.id);
    if (this.guarded && (current?.rev ?? 0) !== expectedRev) return Promise.resolve('lost');
    if (this.holders(document.keys, document.id).size > 0) return Promise.resolve('taken');
    this.documents.set(document.id, document);
    return Promise.resolve('written');
  }

  heldByOthers(keys: readonly string[], exceptId: string): Promise<ReadonlySet<string>> {
    return Promise.resolve(this.holders(keys, exceptId));
  }

  private holders(keys: readonly string[], exceptId: string): Set<string> {
    const held = new Set<string>();
    for (const document of this.documents.values()) {
      if (document.id === exceptId) continue;
      for (const key of document.keys) if (keys.includes(key)) held.add(key);
    }
    return held;
  }
}

interface MemoryRoute {
  first?: RouteDecision;
  late?: RouteDecision;
  refused: Set<string>;
}

export class MemoryRouteStore implements RouteStore {
  /** Negative control: every copy of a message is looked up anew. */
  binding = true;
  readonly routes = new Map<string, MemoryRoute>();

  decide(requests: readonly RouteRequest[]): Promise<readonly RouteDecision[]> {
    return Promise.resolve(requests.map((request) => this.decideOne(request)));
  }

  private decideOne(request: RouteRequest): RouteDecision {
    const { message, record, found, stage, last, fixed } = request;
    const route = (this.binding && this.routes.get(message)) || { refused: new Set<string>() };
    const isRefused = route.refused.has(record);
    if (found && fixed && stage === 'first')
      return isRefused ? { kind: 'refused' } : (route.first ?? { kind: 'target', target: found });
    this.routes.set(message, route);
    if (stage === 'first' && !last)
      return (route.first ??= found ? { kind: 'target', target: found } : { kind: 'waits' });
    if (isRefused) return { kind: 'refused' };
    if (route.late) return route.late;
    if (found) return (route.late = { kind: 'target', target: found });
    if (!last) return { kind: 'waits' };
    route.refused.add(record);
    return { kind: 'refused' };
  }
}

export class MemoryPositionStore implements PositionStore {
  readonly positions = new Map<string, PartitionPosition>();
  private readonly starts = new Map<string, { offset: number; count: number }>();
  private readonly tries = new Map<string, { offset: number; count: number }>();

  load(stream: string): Promise<PartitionPosition> {
    return Promise.resolve(this.positions.get(stream) ?? {});
  }

  finish(stream: string, finished: FinishedPosition): Promise<void> {
    const known = this.positions.get(stream);
    if (finished.offset >= (known?.finished?.offset ?? 0)) this.positions.set(stream, { ...known, finished });
    return Promise.resolve();
  }

  start(stream: string, offset: number): Promise<number> {
    return Promise.resolve(countAt(this.starts, stream, offset));
  }

  trying(stream: string, offset: number): Promise<number> {
    const isPast = (this.tries.get(stream)?.offset ?? -1) > offset;
    return Promise.resolve(isPast ? 0 : countAt(this.tries, stream, offset));
  }

  survived(stream: string, offset: number): Promise<void> {
    if (this.tries.get(stream)?.offset === offset) this.tries.set(stream, { offset, count: 0 });
    return Promise.resolve();
  }

  rewind(stream: string, handOnFrom: number): Promise<void> {
    this.positions.set(stream, { ...this.positions.get(stream), handOnFrom });
    return Promise.resolve();
  }
}

function countAt(
  counts: Map<string, { offset: number; count: number }>,
  stream: string,
  offset: number,
): number {
  const before = counts.get(stream);
  const count = before?.offset === offset ? before.count + 1 : 1;
  counts.set(stream, { offset, count });
  return count;
}
