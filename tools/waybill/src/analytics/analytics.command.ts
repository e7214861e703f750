import { Command } from 'commander';
import { acceptGapCommand } from './accept-gap.command';
import { rebuildCommand } from './rebuild.command';
import { statusCommand } from './status.command';

export function analyticsCommand(): Command {
  return new Command('analytics')
    .description('figures: how far they are, and counting them anew')
    .addCommand(statusCommand())
    .addCommand(rebuildCommand())
    .addCommand(acceptGapCommand());
}
