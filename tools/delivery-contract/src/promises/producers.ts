import { type Chapter, test } from '../promise';

const e2e = 'apps/orders/src/e2e';
const survival = 'apps/orders/src/survival';

export const producers: Chapter = {
  title: 'To services that produce commands',
  intro:
    'A command counts as sent when the broker has acknowledged it to you with `acks=all`. What is acknowledged is handled, whoever dies when.',
  promises: [
    {
      text: 'Every command that was acknowledged has exactly one effect, or is refused, or lies in the dead letters with its reason.',
      shownBy: [
        'simulation',
        'storm',
        test(`${survival}/killed.e2e.spec.ts`, 'times while it works, it loses nothing and doubles nothing'),
      ],
    },
    {
      text: 'A command that arrives twice, under the same `source` and `id`, is applied once; the second one is answered `duplicate`. An aggregate remembers its last 32 commands.',
      shownBy: [
        'simulation',
        'storm',
        test(`${e2e}/references.e2e.spec.ts`, 'that wait together is applied once'),
      ],
    },
    {
      text: 'Whoever names a reply topic gets exactly one outcome besides `duplicate` for each record, after the effect is written and its facts are published. It may be delivered more than once, then with the same bytes.',
      shownBy: [
        'simulation',
        'storm',
        test(`${e2e}/producers.e2e.spec.ts`, 'gets each its own reply when many are under way'),
      ],
    },
    {
      text: 'An outcome is true: it says what became of the command in the state that it names, also when the process that decided died before it could answer.',
      shownBy: [
        'simulation',
        'storm',
        test(
          'libs/aggregates/src/engine.stories.spec.ts',
          'publishes and answers again from what the document holds, byte for byte',
        ),
      ],
    },
    {
      text: 'Commands on one aggregate that are sent under its canonical key take effect in the order of their offsets.',
      shownBy: ['simulation', 'storm'],
    },
    {
      text: 'A command under another key finds its aggregate all the same; one on an id that is not known yet waits for it, and is refused when it does not come.',
      shownBy: [
        test(
          `${e2e}/references.e2e.spec.ts`,
          'that is known is done at once, under whatever key it was sent',
        ),
        test(
          `${e2e}/references.e2e.spec.ts`,
          'that never turns up is refused after the last delay, and has waited in each',
        ),
      ],
    },
    {
      text: 'Each item of a bulk is a command of its own: one that is refused or waits holds up no other.',
      shownBy: [
        'simulation',
        test(
          `${e2e}/references.e2e.spec.ts`,
          'waits alone: the other items are done, and each gets its reply',
        ),
      ],
    },
    {
      text: 'A scan that comes before its tracking number is kept, and recorded once the number is there, exactly once; if the number does not come in time the scan becomes a dead letter.',
      shownBy: [
        'simulation',
        'storm',
        test(
          'tools/system/kept-scans.e2e.spec.ts',
          'in the same instant as its number, on two partitions, time and again: never lost, never doubled',
        ),
      ],
    },
    {
      text: 'Whatever bytes you send, nobody else is held up: what cannot be read or is not valid is refused with the reasons of all its fields, and kept.',
      shownBy: [
        'fuzzing',
        test(
          `${e2e}/bad-input.e2e.spec.ts`,
          '10,000 bad messages between two good ones: each is kept once, and the good ones are done',
        ),
      ],
    },
    {
      text: 'A command that makes a service crash at its place is set aside as a dead letter after a few attempts, so that all others go on; those on its own aggregate wait behind it.',
      shownBy: [
        'simulation',
        test(
          'libs/aggregates/src/engine.stories.spec.ts',
          'a process that dies again and again at one offset',
        ),
      ],
    },
  ],
};
