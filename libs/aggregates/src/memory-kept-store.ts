import { isDeepStrictEqual } from 'node:util';
import type { KeepResult, KeptCommand, KeptMark, KeptStore } from './kept-store';

type Marked = KeptCommand & { mark?: KeptMark; isTold?: boolean };

/** Kept commands in memory, for tests and simulations of the engine. */
export class MemoryKeptStore implements KeptStore {
  readonly kept = new Map<string, Marked>();

  keep(command: KeptCommand, mostOfPlace: number): Promise<KeepResult> {
    const known = this.kept.get(command.identity);
    if (known && isDeepStrictEqual(known.origin, command.origin)) return Promise.resolve('again');
    if (known && !known.isTold) return Promise.resolve('duplicate');
    const ofPlace = [...this.kept.values()].filter(
      ({ place, mark }) => place === command.place && mark !== 'expired',
    );
    if (ofPlace.length >= mostOfPlace) return Promise.resolve('full');
    this.kept.set(command.identity, { ...command });
    return Promise.resolve('kept');
  }

  of(places: readonly string[]): Promise<readonly KeptCommand[]> {
    const here = [...this.kept.values()].filter(
      ({ place, mark }) => places.includes(place) && mark !== 'expired',
    );
    return Promise.resolve(here);
  }

  mark(identity: string, mark: KeptMark): Promise<boolean> {
    const known = this.kept.get(identity);
    if (!known) return Promise.resolve(false);
    known.mark ??= mark;
    return Promise.resolve(known.mark === mark);
  }

  remove(identities: readonly string[]): Promise<void> {
    for (const identity of identities) this.kept.delete(identity);
    return Promise.resolve();
  }

  told(identity: string): Promise<void> {
    const known = this.kept.get(identity);
    if (known) known.isTold = true;
    return Promise.resolve();
  }

  page(after: string | null, limit: number): Promise<readonly Marked[]> {
    const open = [...this.kept.values()].filter(({ isTold }) => !isTold);
    const sorted = open.toSorted((a, b) => (a.identity < b.identity ? -1 : 1));
    return Promise.resolve(
      sorted.filter(({ identity }) => after === null || identity > after).slice(0, limit),
    );
  }
}
