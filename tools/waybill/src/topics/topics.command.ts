import { topicManifest } from '@waybill/contracts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { brokersOf, type ConnectionOptions, withConnection } from '../connection';
import { CommandFailure } from '../failure';
import { aclCommands, aclRoles, aclsOf, type RoleUsers } from './acls';
import { withUsers } from './acl-users';
import { applyManifest, planLines, planManifest } from './topics';

interface Options extends ConnectionOptions {
  readonly replicas?: number;
  readonly json?: boolean;
}

export function topicsCommand(): Command {
  const command = new Command('topics').description('compare the topics of the cluster with the manifest');
  command.addCommand(
    withConnection(
      new Command('plan').description('say what apply would do; exit code 1 when something differs'),
    )
      .option('--json', 'as JSON')
      .action(plan),
  );
  command.addCommand(
    withConnection(
      new Command('apply').description(
        'create what is missing and change settings; partitions are never changed',
      ),
    )
      .option(
        '--replicas <n>',
        'copies of each partition (default: one for each broker, at most 3)',
        positive,
      )
      .option('--json', 'what was done, as JSON')
      .action(apply),
  );
  command.addCommand(
    new Command('acls')
      .description('the rights that each service and each outsider needs, and no more; asks no broker')
      .addOption(new Option('--format <format>', 'how').choices(['commands', 'json']).default('commands'))
      .option(
        '--as <role=users>',
        `users of a role, separated by commas; roles are ${aclRoles.join(', ')}; without it, one user of that name`,
        withUsers,
      )
      .action(acls),
  );
  return command;
}

function acls({ format, as }: { format: 'commands' | 'json'; as?: RoleUsers }): void {
  const rules = aclsOf(topicManifest, as);
  if (format === 'json') console.log(JSON.stringify(rules, null, 2));
  else for (const line of aclCommands(rules)) console.log(line);
}

async function plan(options: Options): Promise<void> {
  const found = await planManifest(brokersOf(options));
  print(found, options);
  const { create, alter, refused } = found;
  if (create.length + alter.length + refused.length > 0) process.exitCode = 1;
}

async function apply(options: Options): Promise<void> {
  const done = await applyManifest(brokersOf(options), options.replicas);
  print(done, options);
  if (done.refused.length > 0) throw new CommandFailure('some differences have to be dealt with by hand');
}

function print(found: Parameters<typeof planLines>[0], { json }: Options): void {
  if (json) console.log(JSON.stringify(found, null, 2));
  else for (const line of planLines(found)) console.log(line);
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('wanted a whole number from 1 on');
  return value;
}
