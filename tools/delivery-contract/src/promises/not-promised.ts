import { type NotPromised, test } from '../promise';

export const notPromised: readonly NotPromised[] = [
  {
    text: 'A time. Replies and facts come when they can; the storm names the slowest recovery that was seen, which depends on the machine and on the session timeout.',
  },
  {
    text: 'That each record is on a topic once. Facts, replies and dead letters may be repeated, always with the same bytes; dropping repeats is up to the reader (`sequence`, `id`).',
  },
  {
    text: 'An order between aggregates, between topics, or between commands that were sent under different keys.',
  },
  {
    text: 'That a command is recognised for ever. An aggregate knows its last 32 commands by `source` and `id`; an older one that comes again is a new command.',
  },
  {
    text: 'Anything about a command that the broker did not acknowledge: it may have arrived or not. Send it again, under the same id.',
  },
  {
    text: 'Survival of a loss of power on a single server. Run the broker with three replicas and `min.insync.replicas=2`, the database as a replica set; there everything is written and read with `majority`. What is shown here ran on one broker and a database stand-in.',
    seenIn: test(
      'tools/storm/src/durability.int.spec.ts',
      'does not, where the database is started without the setting that the stack gives it',
    ),
  },
  {
    text: 'What a replica set does when it rolls back was not tried, as none runs here. It does not take back what was written with `majority`, which is all that we rely on.',
  },
  {
    text: 'Protection from writers who may write to a command topic and lie, for instance about the progress of a parcel. That is what access rights are for: `waybill topics acls`.',
  },
  {
    text: 'Order between a late write of an old process and its successor where the two are releases whose checks or routes differ (releases that decide differently are no trouble): such a write is published with the next change of its aggregate only, and not at all if its partition has changed hands again by then. Deploy who reads before who writes.',
  },
  {
    text: 'Facts beyond the retention of their topic: readers that begin later begin with what is left, and see a gap.',
  },
];
