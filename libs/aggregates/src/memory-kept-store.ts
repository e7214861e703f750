import {
  isSameRecord,
  type KeepResult,
  type KeptCommand,
  type KeptMark,
  type KeptStore,
  keptLater,
  type MarkedCommand,
} from './kept-store';

type Known = KeptCommand & { mark?: KeptMark; isTold?: boolean };

/** Kept commands in memory, for tests and simulations of the engine. */
export class MemoryKeptStore implements KeptStore {
  readonly kept = new Map<string, Known>();
  /** Off for a negative control: the identity alone tells then who is meant. */
  exact = true;

  keep(command: KeptCommand, mostOfPlace: number): Promise<KeepResult> {
    const known = this.kept.get(command.identity);
    if (known && isSameRecord(known, command)) return Promise.resolve('again');
    if (known && !known.isTold) return Promise.resolve('duplicate');
    const ofPlace = [...this.kept.values()].filter(
      ({ place, mark }) => place === command.place && mark !== 'expired',
    );
    if (ofPlace.length >= mostOfPlace) return Promise.resolve('full');
    this.kept.set(command.identity, { ...command });
    return Promise.resolve('kept');
  }

  keepBack(command: KeptCommand, mostOfPlace: number): Promise<KeepResult> {
    const known = this.kept.get(command.identity);
    if (!known || !isSameRecord(known, command) || known.mark === 'expired')
      return this.keep(command, mostOfPlace);
    this.kept.set(command.identity, keptLater(command, known));
    return Promise.resolve('again');
  }

  of(places: readonly string[]): Promise<readonly KeptCommand[]> {
    const here = [...this.kept.values()].filter(
      ({ place, mark }) => places.includes(place) && mark !== 'expired',
    );
    return Promise.resolve(here.map((one) => ({ ...one })));
  }

  mark(command: KeptCommand, mark: KeptMark): Promise<boolean> {
    const known = this.meant(command);
    if (!known) return Promise.resolve(false);
    known.mark ??= mark;
    return Promise.resolve(known.mark === mark);
  }

  remove(commands: readonly KeptCommand[]): Promise<void> {
    for (const command of commands) if (this.meant(command)) this.kept.delete(command.identity);
    return Promise.resolve();
  }

  told(command: KeptCommand): Promise<void> {
    const known = this.meant(command);
    if (known) known.isTold = true;
    return Promise.resolve();
  }

  page(after: string | null, limit: number): Promise<readonly MarkedCommand[]> {
    const open = [...this.kept.values()].filter(({ isTold }) => !isTold);
    const behind = open.filter(({ identity }) => after === null || identity > after);
    const sorted = behind.toSorted((a, b) => (a.identity < b.identity ? -1 : 1));
    return Promise.resolve(sorted.slice(0, limit).map((one) => ({ ...one })));
  }

  private meant(command: KeptCommand): Known | undefined {
    const known = this.kept.get(command.identity);
    const isIt = known && isSameRecord(known, command) && known.keptAtMs === command.keptAtMs;
    return isIt || !this.exact ? known : undefined;
  }
}
