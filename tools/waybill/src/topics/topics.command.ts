import { topicManifest } from '@waybill/contracts';
import { Command } from 'commander';
import { brokersOf, type ConnectionOptions, withConnection } from '../connection';

export function topicsCommand(): Command {
  const command = new Command('topics').description('the topics of the manifest');
  command.addCommand(
    withConnection(new Command('plan').description('say what differs from the manifest; exit code 1 if anything does')).action(plan),
  );
  command.addCommand(withConnection(new Command('apply').description('create the topics that are missing')).action(apply));
  return command;
}
