import { join } from 'node:path';
import { contractOf, validatorOf } from '@waybill/contracts';
import type { PlannedMessage } from '../play/planned-message';
import { storyOfTwoParcels } from '../play/story';
import { deliberateMessages } from './deliberate-messages';
import { joinOrders } from './olist-order';
import { readOlistTables } from './olist-tables';
import { draftEstimate, messagesOfRow } from './row-messages';

const orders = joinOrders(readOlistTables(join(__dirname, '../../sample')));

/** Names of the members that the contract finds faulty. */
function faults({ value }: PlannedMessage): string[] {
  const { type, data } = JSON.parse(value ?? '{}') as { type: string; data: unknown };
  const contract = contractOf(type);
  if (!contract) throw new Error(`no contract for ${type}`);
  return validatorOf(contract)(data).map(({ field }) => field);
}

describe('the messages of the sample', () => {
  it('keep to the contract', () => {
    const messages = orders.flatMap((order) => [
      ...messagesOfRow(order, 'demo-shop'),
      ...draftEstimate(order, 'demo-shop'),
    ]);
    expect(messages.flatMap(faults)).toEqual([]);
  });

  it('keep to the contract in the story, too', () => {
    const { steps } = storyOfTwoParcels('demo-shop');
    expect(steps.flatMap(({ message }) => faults(message))).toEqual([]);
  });

  it('that are sent to be refused break it only where that is what is to be seen', () => {
    const readable = deliberateMessages(orders, 'demo-shop').filter(
      ({ commandId }) => commandId !== undefined,
    );
    const faulty = readable
      .map((message) => [message.commandId, faults(message)])
      .filter(([, fields]) => fields?.length);
    expect(faulty).toEqual([
      ['deliberate/zip-code', ['order.address.zip_code']],
      ['deliberate/currency', ['order.currency']],
      ['deliberate/misspelt', ['order.adress']],
      ['deliberate/scan-carrier', ['carrier_reference']],
      ['deliberate/scan-number', ['tracking_number']],
      ['deliberate/scan-zone', ['timezone']],
    ]);
  });
});
