import type { Chapter, Evidence, NotPromised, RunName } from './promise';
import type { Results } from './results';

/** The command that a run was, with the options that it had. */
function commandOf(name: RunName, { simulation, fuzzing, storm, soak }: Results): string {
  const { kills, minutes, instances, rate, sessionTimeoutMs } = storm.options;
  return {
    simulation: `npm run simulate -- --seeds ${simulation.histories}`,
    controls: 'npm run simulate -- --negative all',
    fuzzing: `npm run fuzz -- --inputs ${fuzzing.inputs}`,
    storm: `npm run storm -- --kills ${kills} --minutes ${minutes} --seed ${storm.seed} --rate ${rate} --instances ${instances} --session-timeout ${sessionTimeoutMs}`,
    soak: `npm run soak -- --minutes ${soak.options.minutes} --rate ${soak.options.rate}`,
  }[name];
}

/** The contract as Markdown: each sentence with what shows it, then the newest figures. */
export function pageOf(
  chapters: readonly Chapter[],
  notPromised: readonly NotPromised[],
  results: Results,
): string {
  return [
    '# Delivery contract',
    '',
    'Every command has exactly one effect and one truthful answer, and every fact is published, in order, whatever dies when.',
    'This page says what that means, sentence by sentence, with the test or the run that shows it. It is made by',
    '`npm run delivery-contract` from tools/delivery-contract and from the figures in [results](results); do not edit it.',
    '',
    ...chapters.flatMap(chapterOf),
    '## What is not promised',
    '',
    ...notPromised.map(({ text, seenIn }) => `- ${text}${seenIn ? ` Seen in ${linkOf(seenIn)}.` : ''}`),
    '',
    '## The newest figures',
    '',
    ...figuresOf(results),
  ].join('\n');
}

function chapterOf({ title, intro, promises }: Chapter): string[] {
  return [
    `## ${title}`,
    '',
    intro,
    '',
    ...promises.map(({ text, shownBy }) => `- ${text}  \n  Shown by ${shownBy.map(linkOf).join('; ')}.`),
    '',
  ];
}

const linkOf = (evidence: Evidence): string =>
  typeof evidence === 'string'
    ? `the [${evidence}](#${evidence})`
    : `[${evidence.file.split('/').at(-1)}](../${evidence.file}): “${evidence.title}”`;

function figuresOf(results: Results): string[] {
  const { simulation, controls, fuzzing, storm, soak } = results;
  const heading = (name: RunName) => headingOf(name, results);
  const { crashPoints, interleavings } = simulation;
  const found = controls.rules.filter(({ seeds }) => seeds !== null);
  const onlyForSpeed = controls.rules.filter(({ seeds, isConfirmed }) => seeds === null && isConfirmed);
  return [
    ...heading('simulation'),
    `${counted(simulation.histories)} histories (seeds ${simulation.seeds.join(' to ')}), ${counted(simulation.faults)} faults injected, **${simulation.wrong} wrong**. ` +
      `Crashes and losses were tried at ${crashPoints.reached} of ${crashPoints.all} points, and ${interleavings.reached} of ${interleavings.all} interleavings of an owner of the past with its successor.`,
    '',
    ...neverOf('points', crashPoints.never),
    ...neverOf('interleavings', interleavings.never),
    ...heading('controls'),
    `Each rule of the engine is taken out until a history goes wrong: **${found.length} of ${controls.rules.length}** were seen.` +
      (onlyForSpeed.length > 0
        ? ` ${onlyForSpeed.map(({ rule }) => `\`${rule}\``).join(' and ')} are for speed alone: without them the sweep does the same later.`
        : ''),
    '',
    '| rule | taken out | histories until it was seen |',
    '| --- | --- | ---: |',
    ...controls.rules.map(({ rule, leavesOut, seeds }) => `| \`${rule}\` | ${leavesOut} | ${seeds ?? '–'} |`),
    '',
    ...heading('fuzzing'),
    `${counted(fuzzing.inputs)} hostile inputs to every decoder: **${fuzzing.breaches}** crashes, hangs, polluted prototypes or answers without end.`,
    '',
    ...heading('storm'),
    `${Math.round(storm.seconds / 60)} minutes with everything, ${storm.options.instances} processes of each service, on a machine that others worked on.`,
    '',
    '| | |',
    '| --- | ---: |',
    `| killed | ${counted(sum(storm.kills) + sum(storm.failpoints))} |`,
    ...Object.entries(storm.kills).map(([name, n]) => `| … ${name} | ${n} |`),
    ...Object.entries(storm.failpoints).map(([name, n]) => `| … at \`${name}\` | ${n} |`),
    ...Object.entries(storm.trouble).map(([name, n]) => `| ${name} | ${n} |`),
    `| commands | ${counted(storm.commands)} |`,
    `| facts | ${counted(storm.facts)} |`,
    `| repeats dropped | ${counted(storm.repeatsDropped)} |`,
    `| slowest recovery | ${(storm.slowestRecoveryMs / 1000).toFixed(1)} s |`,
    `| **lost** | **${storm.lost}** |`,
    `| **doubled** | **${storm.doubled}** |`,
    `| **out of order** | **${storm.outOfOrder}** |`,
    `| **wrong answers** | **${storm.wrongAnswers}** |`,
    '',
    ...heading('soak'),
    `${soak.options.minutes} minutes at ${soak.options.rate} records a second, ${soak.options.instances} of each service: ${counted(soak.commands)} commands, ${counted(soak.facts)} facts, **${soak.faults}** faults.`,
    '',
    '![The soak](soak.svg)',
    '',
    '| median of | middle third | last third | |',
    '| --- | ---: | ---: | --- |',
    ...soak.courses.map(
      ({ what, middle, last, isFlat }) => `| ${what} | ${middle} | ${last} | ${isFlat ? 'flat' : 'GROWS'} |`,
    ),
    '',
  ];
}

function headingOf(name: RunName, results: Results): string[] {
  const { date, commit } = results[name];
  return [`### ${name}`, '', `\`${commandOf(name, results)}\`, ${date.slice(0, 10)}, commit ${commit}.`, ''];
}

const neverOf = (what: string, never: readonly string[]): string[] =>
  never.length === 0
    ? []
    : [
        `<details><summary>${never.length} ${what} that were never reached</summary>`,
        '',
        ...never.map((one) => `- ${one}`),
        '',
        '</details>',
        '',
      ];

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** `1234567` as `1,234,567`. */
const counted = (value: number): string => value.toLocaleString('en-US');
