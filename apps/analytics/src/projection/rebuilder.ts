import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Connection } from 'mongoose';
import { areEqual, compare, type Comparison } from './comparison';
import { areAt, commonCut, isBeyond, type Positions, remaining } from './cut';
import { NotNowError, Pausing } from './pausing';
import { MovedOnError } from './fingerprint';
import { dropCollections, groupOf, positionsOf, rollupsOf, storedGenerations } from './generation';
import {
  countedGenerations,
  type GenerationBook,
  type GenerationsDocument,
  type Rebuild,
} from './generation-book';

export interface RebuilderParts {
  readonly connection: Connection;
  readonly book: GenerationBook;
  readonly admin: Pick<Admin, 'describeGroups' | 'deleteGroups'>;
  /** Whether a stream is one of the topics as they are now; no other one can go on. */
  readonly isCurrent: (stream: string) => boolean;
  readonly log: { info(context: object, message: string): void };
}

/** So few facts are caught up with while counting stands still. */
const nearEnough = 500;
const lookEveryMs = 200;
/** Facts do not wait longer than this for one comparison to begin. */
const oneAttemptMs = 120_000;
/** After the first attempt that failed; twice as long after each further one. */
const againAfterMs = 5000;
const againAtTheLatestMs = 15 * 60_000;

/** Brings a rebuild to its end and throws away what is retired. One instance at a time does; two would do no harm. */
export class Rebuilder {
  private notBeforeMs = 0;
  private failedAttempts = 0;

  constructor(private readonly parts: RebuilderParts) {}

  /** One turn of the work that the document asks for. */
  async work({ live, retired = [], rebuild }: GenerationsDocument): Promise<void> {
    for (const number of retired) await this.drop(number);
    if (rebuild?.stage === 'filling') await this.fill(live, rebuild);
    if (rebuild?.stage === 'comparing') await this.compare(live, rebuild);
  }

  /** Retires what a crash, or an instance that slept through its own end, has left behind. */
  async sweep(document: GenerationsDocument): Promise<void> {
    const known = [...countedGenerations(document), document.rebuild?.number, ...(document.retired ?? [])];
    const left = (await storedGenerations(this.parts.connection)).filter(
      (number) => number <= document.last && !known.includes(number),
    );
    if (left.length > 0) await this.parts.book.retire(left);
  }

  /** Goes on to the comparison when the new generation is close behind. */
  private async fill(live: number, rebuild: Rebuild): Promise<void> {
    if (Date.now() < this.notBeforeMs) return;
    // what only an earlier topic held can be caught up with by nobody
    const ahead = [...(await this.positions(live))].filter(([stream]) => this.parts.isCurrent(stream));
    const left = remaining(new Map(ahead), await this.positions(rebuild.number));
    if (left <= nearEnough) await this.parts.book.enter(rebuild, 'comparing');
  }

  private async compare(live: number, rebuild: Rebuild): Promise<void> {
    const { book, log } = this.parts;
    const { number, evenIfDifferent } = rebuild;
    const pausing = new Pausing(book, number);
    try {
      const result = await this.compareAtOnePoint(live, number, pausing);
      const isEqual = areEqual(result);
      this.failedAttempts = 0;
      if (isEqual || evenIfDifferent) await book.switchTo(number, live, result);
      else await book.enter(rebuild, 'different', result);
      log.info({ live, number, isEqual, evenIfDifferent }, 'generations were compared');
    } catch (error) {
      // facts must not wait for an attempt that has failed
      const againInMs = Math.min(againAfterMs * 2 ** this.failedAttempts++, againAtTheLatestMs);
      this.notBeforeMs = Date.now() + againInMs;
      await book.enter(rebuild, 'filling');
      if (!(error instanceof NotNowError)) throw error;
      log.info({ live, number, againInMs, reason: error.message }, 'generations are compared again later');
    } finally {
      pausing.stop();
    }
  }

  /** A batch that is on its way when the pause begins may end beyond it, or die there: then all go on to there. */
  private async compareAtOnePoint(live: number, number: number, pausing: Pausing): Promise<Comparison> {
    const { connection } = this.parts;
    const deadlineMs = Date.now() + oneAttemptMs;
    const seen = new Map<string, number>();
    for (;;) {
      const positions = async () =>
        [await this.positions(live), await this.positions(number), new Map(seen)] as const;
      const cut = await this.heldAtOnePoint(positions, pausing, deadlineMs);
      try {
        return await compare(rollupsOf(connection, live), rollupsOf(connection, number), cut);
      } catch (error) {
        if (!(error instanceof MovedOnError)) throw error;
        seen.set(error.stream, error.next);
      }
    }
  }

  /** Lets all come to where the one that is ahead stands, and no further. */
  private async heldAtOnePoint(
    look: () => Promise<readonly [live: Positions, rebuilt: Positions, seen: Positions]>,
    pausing: Pausing,
    deadlineMs: number,
  ): Promise<Positions> {
    let cut = commonCut(...(await look()));
    await pausing.at(cut);
    while (Date.now() <= deadlineMs) {
      const [live, rebuilt, seen] = await look();
      const furthest = commonCut(live, rebuilt, seen);
      if (isBeyond(furthest, cut)) await pausing.at((cut = furthest));
      else if (areAt([live, rebuilt], cut, this.parts.isCurrent)) return cut;
      await delay(lookEveryMs);
    }
    throw new NotNowError('the generations did not come to one point in time');
  }

  /** Once nobody reads its facts any more. What answers goes by the document and has left it long before. */
  private async drop(number: number): Promise<void> {
    const { admin, book, connection, log } = this.parts;
    const group = groupOf(number);
    const { groups } = await admin.describeGroups([group]);
    if (groups.some(({ members }) => members.length > 0)) return;
    await admin.deleteGroups([group]).catch(unlessGone);
    await dropCollections(connection, number);
    await book.dropped(number);
    log.info({ number }, 'a generation was thrown away');
  }

  private positions(number: number): Promise<Positions> {
    return positionsOf(this.parts.connection, number).load();
  }
}

function unlessGone(error: unknown): void {
  const { groups } = error as {
    readonly groups?: readonly { readonly error?: { readonly type?: string } }[];
  };
  if (!groups?.every(({ error: reason }) => reason?.type === 'GROUP_ID_NOT_FOUND')) throw error;
}
