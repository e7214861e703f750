import { Command } from 'commander';
import { type AggregatePlace, readDocument, readFacts, type ReadOptions } from '../aggregate/read-aggregate';
import { showAggregate } from '../aggregate/show-aggregate';
import { withConnection } from '../connection';
import { orderIdOf } from './order-name';
import { orderShowing } from './order-summary';

interface Options extends ReadOptions {
  readonly json?: boolean;
}

export function orderCommand(): Command {
  const command = new Command('order').description('look at one order');
  command.addCommand(
    withConnection(
      new Command('show').description('its state, its facts as a timeline, and its positions'),
      'mongo',
    )
      .argument('<order>', '<shop>/<number>, or the order id')
      .option('--database <name>', 'database of the orders service', 'orders')
      .option('--json', 'as JSON, with the stored state and whole facts')
      .action(show),
  );
  return command;
}

async function show(named: string, options: Options): Promise<void> {
  const id = orderIdOf(named);
  const place: AggregatePlace = { service: 'orders', id, factKey: id };
  const [document, read] = await Promise.all([readDocument(place, options), readFacts(place, options)]);
  showAggregate({ id, document, ...read }, named, orderShowing, options.json ?? false);
}
