import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandFailure } from '../failure';
import { projectRoot } from '../system/project-root';
import { defaultLedger } from './can-deploy.command';
import { entryOfCheckout, services } from './checkout';
import { announced, type LedgerEntry, readLedger, writeLedger } from './ledger';

interface Options {
  readonly ledger: string;
  readonly release: string;
}

export function ledgerCommand(): Command {
  const command = new Command('ledger').description('what is deployed: contracts, and what is used of them');
  command.addCommand(
    withLedger(
      new Command('write').description('set down that this checkout of a service is deployed, all instances'),
    )
      .requiredOption('--release <name>', 'tells this deploy from others: a commit, a date')
      .action(write),
  );
  command.addCommand(
    withLedger(
      new Command('announce').description(
        'add what this checkout of a service reads and sends to what the deployed one does',
      ),
    ).action(announce),
  );
  return command;
}

const withLedger = (command: Command) =>
  command
    .argument('<service>', services.join(', '))
    .option('--ledger <file>', 'the file to change', defaultLedger());

function write(service: string, { ledger, release }: Options): void {
  change(service, ledger, entryOfCheckout(service, release));
}

function announce(service: string, { ledger }: Options): void {
  const deployed = readLedger(ledger)[service];
  if (!deployed) throw new CommandFailure(`${service} is not deployed yet: ledger write, when it is`);
  change(service, ledger, announced(deployed, entryOfCheckout(service, deployed.release)));
}

function change(service: string, file: string, entry: LedgerEntry): void {
  writeLedger(file, { ...readLedger(file), [service]: entry });
  // laid out like every other file, so that the format check finds nothing to say
  spawnSync(join(projectRoot(), 'node_modules/.bin/oxfmt'), [file]);
  console.log(`${service} ${entry.release} is in ${file}`);
}
