import { deadLetterId, type ParkingPlace } from '@waybill/messaging';
import type { Incoming } from './incoming';
import type { Without } from './rules';
import type { ParkedMark, StoredAggregate, StoredOutcome } from './stored-aggregate';

/**
 * How a command stands to the line of its aggregate. `free`: there is none; `behind`: it joins the end. For one that was
 * sent back from the line: `turn`: it is the first; `waits`: others are before it; `done`: it was answered.
 */
export type Standing = 'free' | 'behind' | 'turn' | 'waits' | 'done';

/**
 * The line of an aggregate: a command that failed and what came after it, by numbers, and whose turn it is. The mark has
 * two numbers however long the line is: the commands themselves are dead letters. It goes along with a fold.
 */
export class ParkingLine {
  private mark: ParkedMark | undefined;

  constructor(
    old: StoredAggregate | null,
    private readonly aggregateId: string,
    /** A failure begins a line. One that is there is brought to its end in any case. */
    private readonly begins: boolean,
    private readonly without: Without,
  ) {
    this.mark = old?.parked;
  }

  standingOf({ handedOn }: Incoming): Standing {
    const { mark } = this;
    if (!mark) return 'free';
    const place = handedOn?.parked;
    if (place && this.isOfLine(place, mark)) {
      if (place.number < mark.first) return 'done';
      return place.number === mark.first || this.without.has('parked-in-turn') ? 'turn' : 'waits';
    }
    return mark.first < mark.next && !this.without.has('park-behind') ? 'behind' : 'free';
  }

  /** The place of a command that failed: the one that it has, or the first of a new line. */
  failed(incoming: Incoming, standing: Standing): ParkingPlace | undefined {
    if (standing === 'turn') return incoming.handedOn?.parked;
    if (!this.begins) return undefined;
    const since = idOf(incoming);
    const { numbering, next: first } = this.mark ?? {
      numbering: `${since},${incoming.from.redrives}`,
      next: 0,
    };
    this.mark = { numbering, since, first, next: first };
    return this.join();
  }

  /** The place of a command that is not decided. */
  undecided(incoming: Incoming, standing: Standing): ParkingPlace {
    const own = standing === 'waits' ? incoming.handedOn?.parked : undefined;
    return own ?? this.join();
  }

  /** The first was answered. */
  advance(): void {
    const { mark } = this;
    if (mark) this.mark = { ...mark, first: mark.first + 1 };
  }

  get stored(): Pick<StoredAggregate, 'parked'> {
    return this.mark ? { parked: this.mark } : {};
  }

  private join(): ParkingPlace {
    const { mark, aggregateId } = this;
    if (!mark) throw new Error('there is no line to join');
    this.mark = { ...mark, next: mark.next + 1 };
    const { numbering, since, next: number } = mark;
    return { aggregateId, numbering, since, number };
  }

  /** What a release without the mark has lost is no line any more; its letters come back as any others do. */
  private isOfLine({ aggregateId, numbering, number }: ParkingPlace, mark: ParkedMark): boolean {
    return aggregateId === this.aggregateId && numbering === mark.numbering && number < mark.next;
  }
}

/** What becomes of a command that waits for its turn. */
export const parkedOutcome = (place: ParkingPlace): StoredOutcome => ({
  outcome: 'failed',
  message: `it was not decided: it is parked behind ${place.since}, which failed`,
  stack: '',
  parked: place,
  waits: true,
});

const idOf = ({ from, item, record }: Incoming): string =>
  deadLetterId({ ...from, ...(item ? { items: item.items } : {}), record });
