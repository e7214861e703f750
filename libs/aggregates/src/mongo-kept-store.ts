import type { mongo } from 'mongoose';
import {
  isSameRecord,
  type KeepResult,
  type KeptCommand,
  type KeptMark,
  type KeptStore,
  keptLater,
  type MarkedCommand,
} from './kept-store';

type Bytes = mongo.Binary | Uint8Array;

export interface KeptDocument {
  _id: string;
  place: string;
  kind: string;
  order: string;
  origin: KeptCommand['origin'];
  source: string;
  messageId: string;
  time: string;
  record: Omit<KeptCommand['record'], 'key' | 'value' | 'headers'> & {
    key: Bytes | null;
    value: Bytes;
    /** As pairs: a header's name may hold dots. */
    headers: [string, Bytes | string][];
  };
  keptAtMs: number;
  items?: number;
  mark?: KeptMark;
  told?: true;
  /** Set once it is told: until then the mark tells a late sender that it came too late. */
  removeAt?: Date;
}

const duplicateKey = 11000;
const toldStayMs = 7 * 24 * 3600 * 1000;

/** Kept commands in a MongoDB collection; their identity is the key. */
export class MongoKeptStore implements KeptStore {
  constructor(private readonly collection: mongo.Collection<KeptDocument>) {}

  async keep(command: KeptCommand, mostOfPlace: number): Promise<KeepResult> {
    const known = await this.collection.findOne({ _id: command.identity });
    if (known && isSameRecord(known, command)) return 'again';
    if (known && !known.told) return 'duplicate';
    // its end was told: whoever sends it anew, a carrier or an operator, has it kept anew
    if (known) await this.collection.deleteOne({ _id: command.identity, told: true });
    const ofPlace = await this.collection.countDocuments(
      { place: command.place, mark: { $ne: 'expired' } },
      { limit: mostOfPlace },
    );
    if (ofPlace >= mostOfPlace) return 'full';
    try {
      await this.collection.insertOne(toDocument(command));
      return 'kept';
    } catch (error) {
      if ((error as { code?: unknown }).code !== duplicateKey) throw error;
      return this.keep(command, mostOfPlace);
    }
  }

  async keepBack(command: KeptCommand, mostOfPlace: number): Promise<KeepResult> {
    const known = await this.collection.findOne({ _id: command.identity });
    if (!known || !isSameRecord(known, command) || known.mark === 'expired')
      return this.keep(command, mostOfPlace);
    const { matchedCount } = await this.collection.replaceOne(
      { ...filterOf({ ...command, keptAtMs: known.keptAtMs }), mark: { $ne: 'expired' } },
      toDocument(keptLater(command, known)),
    );
    // somebody else was faster: it is removed, replaced or expired by now
    return matchedCount > 0 ? 'again' : this.keepBack(command, mostOfPlace);
  }

  async of(places: readonly string[]): Promise<readonly KeptCommand[]> {
    const found = await this.collection
      .find({ place: { $in: [...places] } }, { promoteBuffers: true })
      .toArray();
    return found.filter(({ mark }) => mark !== 'expired').map(fromDocument);
  }

  async mark(command: KeptCommand, mark: KeptMark): Promise<boolean> {
    const meant = filterOf(command);
    await this.collection.updateOne({ ...meant, mark: { $exists: false } }, { $set: { mark } });
    const known = await this.collection.findOne(meant, { projection: { mark: 1 } });
    return known?.mark === mark;
  }

  async remove(commands: readonly KeptCommand[]): Promise<void> {
    if (commands.length > 0) await this.collection.deleteMany({ $or: commands.map(filterOf) });
  }

  async told(command: KeptCommand): Promise<void> {
    // not before: an end that nobody was told of yet must not pass away by itself
    const removeAt = new Date(Date.now() + toldStayMs);
    await this.collection.updateOne(filterOf(command), { $set: { told: true, removeAt } });
  }

  async page(after: string | null, limit: number): Promise<readonly MarkedCommand[]> {
    const found = await this.collection
      .find(
        { told: { $exists: false }, ...(after === null ? {} : { _id: { $gt: after } }) },
        { promoteBuffers: true },
      )
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map((document) => ({
      ...fromDocument(document),
      ...(document.mark ? { mark: document.mark } : {}),
    }));
  }
}

/** The very keeping that was read. */
const filterOf = ({ identity, keptAtMs, origin }: KeptCommand): mongo.Filter<KeptDocument> => ({
  _id: identity,
  keptAtMs,
  'origin.stream': origin.stream,
  'origin.offset': origin.offset,
  'origin.item': origin.item,
  'origin.n': origin.n,
});

function toDocument({ identity, record, ...command }: KeptCommand): KeptDocument {
  const headers = Object.entries(record.headers).flatMap(([name, value]): [string, Buffer | string][] => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return last === undefined ? [] : [[name, last]];
  });
  return { _id: identity, ...command, record: { ...record, headers } };
}

function fromDocument({
  _id,
  mark: _mark,
  removeAt: _removeAt,
  record,
  ...command
}: KeptDocument): KeptCommand {
  const { key, value, headers, ...place } = record;
  return {
    identity: _id,
    ...command,
    record: {
      ...place,
      key: key === null ? null : toBuffer(key),
      value: toBuffer(value),
      headers: Object.fromEntries(
        headers.map(([name, bytes]) => [name, typeof bytes === 'string' ? bytes : toBuffer(bytes)]),
      ),
    },
  };
}

const toBuffer = (bytes: Bytes): Buffer => Buffer.from(bytes instanceof Uint8Array ? bytes : bytes.buffer);
