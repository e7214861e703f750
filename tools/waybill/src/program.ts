import { Command } from 'commander';
import { analyticsCommand } from './analytics/analytics.command';
import { claimCommand } from './claims/claim.command';
import { copiesCommand } from './copies/copies.command';
import { deadLettersCommand } from './dead-letters/dead-letters.command';
import { canDeployCommand } from './gate/can-deploy.command';
import { ledgerCommand } from './gate/ledger.command';
import { lagCommand } from './lag/lag.command';
import { orderCommand } from './orders/order.command';
import { demoCommand } from './play/demo.command';
import { replayCommand } from './play/replay.command';
import { positionsCommand } from './positions/positions.command';
import { reportCommand } from './report/report.command';
import { shipmentCommand } from './shipments/shipment.command';
import { downCommand, upCommand } from './system/up.command';
import { topicsCommand } from './topics/topics.command';

/** The whole command line. Exit codes: 0 done, 1 it did not work or a check failed, 2 called in a wrong way. */
export function program(): Command {
  const waybill = new Command('waybill')
    .description('runs Waybill on this machine, plays orders in, and looks after what is running')
    .addHelpText(
      'after',
      '\nWithout --brokers and --mongo, the system that up has started is used.\n' +
        'Exit codes: 0 done, 1 it did not work or a check failed, 2 called in a wrong way.',
    );
  const commands = [
    demoCommand(),
    upCommand(),
    downCommand(),
    replayCommand(),
    orderCommand(),
    shipmentCommand(),
    claimCommand(),
    reportCommand(),
    deadLettersCommand(),
    lagCommand(),
    topicsCommand(),
    positionsCommand(),
    copiesCommand(),
    canDeployCommand(),
    ledgerCommand(),
    analyticsCommand(),
  ];
  for (const command of commands) waybill.addCommand(command);
  for (const command of withChildren(waybill))
    command.exitOverride().showHelpAfterError('(--help says more)');
  return waybill;
}

function withChildren(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => withChildren(child))];
}
