import { ordersContracts, validatorOf } from '@waybill/contracts';
import { bytesOf, expectedOf, messagesOf, workloads } from './workloads';

const contract = ordersContracts.find(({ type }) => type === 'orders.upsert-order.v1');
const few = 400;

function issuesOf(value: Buffer): readonly unknown[] {
  if (!contract) throw new Error('there is no upsert-order');
  try {
    return validatorOf(contract)((JSON.parse(value.toString()) as { data: unknown }).data);
  } catch {
    return ['no JSON'];
  }
}

describe.each(workloads)('the workload $name', (workload) => {
  const messages = [...messagesOf(workload, few)];
  const expected = expectedOf(workload, few);

  it('holds as many messages as are expected, of which the faulty ones and no others are refused', () => {
    expect(messages).toHaveLength(expected.messages);
    expect(messages.filter(({ value }) => issuesOf(value).length > 0)).toHaveLength(expected.faulty);
  });

  it('is the same bytes at every call', () => {
    expect(bytesOf(messagesOf(workload, few))).toEqual(bytesOf(messages));
  });
});
