import { Command } from 'commander';
import type { ShownDocument } from '../aggregate/aggregate-screen';
import { readDocument, readFacts, type ReadOptions } from '../aggregate/read-aggregate';
import { showAggregate } from '../aggregate/show-aggregate';
import { withConnection } from '../connection';
import { namedShipment } from './shipment-name';
import { shipmentShowing } from './shipment-summary';

interface Options extends ReadOptions {
  readonly json?: boolean;
}

export function shipmentCommand(): Command {
  const command = new Command('shipment').description('look at one parcel');
  command.addCommand(
    withConnection(
      new Command('show').description('its state, its facts as a timeline, and its positions'),
      'mongo',
    )
      .argument('<shipment>', '<shop>/<number>/<ordinal>, or the shipment id')
      .option('--database <name>', 'database of the shipments service', 'shipments')
      .option('--json', 'as JSON, with the stored state and whole facts')
      .action(show),
  );
  return command;
}

async function show(named: string, options: Options): Promise<void> {
  const { id, orderId } = namedShipment(named);
  const service = 'shipments';
  const document = await readDocument({ service, id }, options);
  // facts of a parcel lie under its order; where nobody knows that one, they are looked for everywhere
  const factKey = orderId ?? orderIdOf(document);
  const read = await readFacts({ service, id, ...(factKey ? { factKey } : {}) }, options);
  showAggregate({ id, document, ...read }, named, shipmentShowing, options.json ?? false);
}

function orderIdOf(document: ShownDocument | null): string | undefined {
  const { orderId } = (document?.state ?? {}) as { readonly orderId?: unknown };
  return typeof orderId === 'string' ? orderId : undefined;
}
