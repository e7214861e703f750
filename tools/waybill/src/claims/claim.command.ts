import { normaliseUuid } from '@waybill/contracts';
import { Command } from 'commander';
import { readDocument, readFacts, type ReadOptions } from '../aggregate/read-aggregate';
import { showAggregate } from '../aggregate/show-aggregate';
import { withConnection } from '../connection';
import { CommandFailure } from '../failure';
import { claimShowing } from './claim-summary';

interface Options extends ReadOptions {
  readonly json?: boolean;
}

export function claimCommand(): Command {
  const command = new Command('claim').description('look at one claim');
  command.addCommand(
    withConnection(
      new Command('show').description('its state, its facts as a timeline, and its positions'),
      'mongo',
    )
      .argument('<claim>', 'the claim id')
      .option('--database <name>', 'database of the claims service', 'claims')
      .option('--json', 'as JSON, with the stored state and whole facts')
      .action(show),
  );
  return command;
}

async function show(named: string, options: Options): Promise<void> {
  const id = normaliseUuid(named);
  if (id === undefined) throw new CommandFailure(`"${named}" names no claim: wanted a claim id`, 2);
  const service = 'claims';
  const document = await readDocument({ service, id }, options);
  const { orderId } = (document?.state ?? {}) as { readonly orderId?: unknown };
  // facts of a claim lie under its order; where nobody knows that one, they are looked for everywhere
  const factKey = typeof orderId === 'string' ? { factKey: orderId } : {};
  const read = await readFacts({ service, id, ...factKey }, options);
  showAggregate({ id, document, ...read }, named, claimShowing, options.json ?? false);
}
