import { type Chapter, test } from '../promise';

const survival = 'apps/orders/src/survival';

export const operators: Chapter = {
  title: 'To who operates services',
  intro: 'Processes may be killed, frozen, scaled and replaced at any time, without asking anybody.',
  promises: [
    {
      text: 'A process that is killed, or wakes up after its partitions went to another one, leaves nothing half done and undoes nothing.',
      shownBy: [
        'simulation',
        'storm',
        test(
          `${survival}/two-instances.e2e.spec.ts`,
          'processes that come, leave, and come back from the dead share the work and do it once',
        ),
      ],
    },
    {
      text: 'A broker or a database that dies or falls silent holds work up and loses none.',
      shownBy: [
        'storm',
        test(
          `${survival}/broker-away.e2e.spec.ts`,
          'a broker that dies, and one that answers nothing, hold everything up and lose nothing',
        ),
        test(
          `${survival}/database-away.e2e.spec.ts`,
          'a database that dies, and one that answers nothing, hold everything up and lose nothing',
        ),
      ],
    },
    {
      text: 'SIGTERM ends a process after what it has begun; the next one begins with what is left.',
      shownBy: [
        'storm',
        test(
          `${survival}/terminated.e2e.spec.ts`,
          'told to stop, it finishes what it has begun, and the next one begins with what is left',
        ),
      ],
    },
    {
      text: 'A database from an old backup, an empty database, a topic that was made anew or lost records is noticed at the start, before harm is done, and named.',
      shownBy: [
        test(
          `${survival}/preflight.e2e.spec.ts`,
          'a database from a backup is refused, and caught up with after a rewind',
        ),
        test(
          `${survival}/preflight.e2e.spec.ts`,
          'a topic that was made anew under the old epoch is refused',
        ),
      ],
    },
    {
      text: 'What could not be handled is kept with its bytes and its reasons, and can be sent back; sent back twice it has no second effect.',
      shownBy: [
        'simulation',
        test(
          `${survival}/dead-letters.e2e.spec.ts`,
          'a command that failed is listed with its stack, and applied once when it is sent back twice',
        ),
      ],
    },
    {
      text: 'Commands on an aggregate behind one that failed wait for it, unless that is switched off, and come back in their order whatever is sent back first; who gives one up lets the others pass.',
      shownBy: [
        test(
          `${survival}/parked-dead-letters.e2e.spec.ts`,
          'commands behind one that failed wait for it, and come back in their order, whatever is sent back first',
        ),
        test(`${survival}/parked-dead-letters.e2e.spec.ts`, 'one that is given up holds up nobody'),
      ],
    },
    {
      text: 'A consumer that cannot go on ends its process with the reason in the log, so that it is replaced.',
      shownBy: [
        test(
          `${survival}/dead-consumer.e2e.spec.ts`,
          'a consumer that can never join again ends the process, with the reason in the log',
        ),
      ],
    },
    {
      text: 'Memory, file descriptors, documents and lag stay flat under a steady load, and memory whatever the lag.',
      shownBy: [
        'soak',
        test(
          `${survival}/backlog.e2e.spec.ts`,
          'waiting commands are worked off in the memory that a few take',
        ),
      ],
    },
    {
      text: 'Two releases of a service may run side by side, forwards and back; an older one leaves documents that it does not know alone and waits.',
      shownBy: [
        test(
          'tools/releases/side-by-side.e2e.spec.ts',
          'a release that has learned to read a version and one that writes it roll forward and back under load',
        ),
        test(
          'libs/aggregates/src/engine.stories.spec.ts',
          'waits, all of it, behind a document of a newer version',
        ),
        test(
          'apps/analytics/src/e2e/reports.e2e.spec.ts',
          'waits for a release that knows a newer version of a fact',
        ),
      ],
    },
    {
      text: 'Log lines, metrics and traces hold no personal data and no secrets.',
      shownBy: [
        test(
          'apps/orders/src/e2e/bad-input.e2e.spec.ts',
          'says nothing of what it was sent in log or reason',
        ),
        test('tools/system/one-trace.e2e.spec.ts', 'tell nobody who ordered what'),
      ],
    },
  ],
};
