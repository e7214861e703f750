import { contractOf, validatorOf } from '@waybill/contracts';
import { OrderBook, type Published, type Sent } from './order.book.spec-data';
import steps from './order.worked-examples.json';

/** A fact of the examples: its own members, and the order in full or what differs in it from the fact before. */
interface ExpectedFact {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly data: object;
  readonly order?: object;
  readonly differs?: readonly string[] | null;
}

interface Step {
  readonly example: string;
  readonly about: string;
  readonly command: Sent;
  readonly replies: readonly object[];
  readonly facts: readonly ExpectedFact[];
}

const book = new OrderBook();
const snapshots = new Map<string, Record<string, unknown>>();

function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = Object.keys(after).filter((name) => name !== 'updated_at');
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).toSorted();
}

function check(fact: Published, expected: ExpectedFact): void {
  const { shop_slug, order_id, order_number, order, ...changes } = fact.data;
  const { id, type, sequence, time } = fact;
  expect({ id, type, sequence, time, data: changes }).toEqual({
    id: expected.id,
    type: expected.type,
    sequence: expected.sequence,
    time: expected.time,
    data: expected.data,
  });
  expect([shop_slug, order_id, order_number]).toEqual([order.shop_slug, order.uuid, order.order_number]);
  expect(`${order_id}/${sequence}`).toBe(id);
  const own = Object.keys(expected.data);
  expect(Object.keys(fact.data)).toEqual(['shop_slug', 'order_id', 'order_number', ...own, 'order']);
  expect(order.updated_at).toBe(time);
  const before = snapshots.get(order_id) ?? {};
  // an example shows the order in full, or what differs, or neither
  const differs = differing(before, order);
  expect(differs).toEqual(expected.differs ?? differs);
  // text, because the order of the members is part of the example
  expect(JSON.stringify(order, null, 1)).toBe(JSON.stringify(expected.order ?? order, null, 1));
  snapshots.set(order_id, order);
}

describe('worked examples of the domain, message by message', () => {
  it.each(steps as unknown as Step[])('$example $command.id: $about', async ({ command, replies, facts }) => {
    const answers = await book.send(command);
    expect(answers.map(({ reply }) => reply)).toEqual(replies);
    const published = answers.flatMap((answer) => answer.facts);
    expect(published.map(({ type }) => type)).toEqual(facts.map(({ type }) => type));
    for (const [i, expected] of facts.entries()) {
      const fact = published[i];
      const contract = contractOf(expected.type);
      if (!fact || !contract) throw new Error(`no ${expected.type}`);
      check(fact, expected);
      expect(validatorOf(contract)(fact.data)).toEqual([]);
    }
  });
});
