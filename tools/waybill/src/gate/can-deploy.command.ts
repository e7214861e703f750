import { join } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../system/project-root';
import { type Break, breakLines } from './break';
import { entryOfCheckout, services } from './checkout';
import { type Ledger, readLedger } from './ledger';
import { breaksOf, deployOrder } from './verdict';

interface Options {
  readonly ledger: string;
  readonly json?: boolean;
}

/** Where the ledger of the last release is kept. */
export const defaultLedger = (): string => join(projectRoot(), 'docs/ledger.json');

export function canDeployCommand(): Command {
  return new Command('can-deploy')
    .description(
      'say whether a service of this checkout can be deployed beside what is; exit code 1 when not',
    )
    .argument('<service>', services.join(', '))
    .option('--ledger <file>', 'what is deployed', defaultLedger())
    .option('--json', 'as JSON')
    .action(canDeploy);
}

function canDeploy(service: string, { ledger: file, json }: Options): void {
  const ledger = readLedger(file);
  const breaks = breaksOf(service, entryOfCheckout(service, ''), ledger);
  if (json) console.log(JSON.stringify(breaks, null, 2));
  else for (const line of verdictLines(service, breaks, ledger)) console.log(line);
  if (breaks.length > 0) process.exitCode = 1;
}

function verdictLines(service: string, breaks: readonly Break[], ledger: Ledger): string[] {
  const live = Object.entries(ledger).map(([name, { release }]) => `${name} ${release}`);
  const beside = `deployed: ${live.join(', ') || 'nothing'}`;
  if (breaks.length === 0)
    return [`safe: ${service} of this checkout goes with all that is deployed`, beside];
  const count = breaks.length === 1 ? 'one thing' : `${breaks.length} things`;
  return [
    `not safe: with ${service} of this checkout ${count} would not work`,
    ...breaks.flatMap(breakLines),
    ...wayOut(service, ledger),
    beside,
  ];
}

/** Other services of the checkout may already be what the service waits for. */
function wayOut(service: string, ledger: Ledger): string[] {
  const checkout = Object.fromEntries(services.map((name) => [name, entryOfCheckout(name, '')]));
  const { [service]: own, ...others } = checkout;
  const { order, deployed } = deployOrder(others, ledger);
  return own && breaksOf(service, own, deployed).length === 0
    ? [`safe after ${order.join(', then ')} of this checkout, each with its ledger entry written`]
    : [];
}
