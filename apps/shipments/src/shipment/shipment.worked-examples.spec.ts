import { contractOf, validatorOf } from '@waybill/contracts';
import { orderReactions } from '../reactions/order-reactions';
import { type Heard, type Published, type Sent, ShipmentBook } from './shipment.book.spec-data';
import steps from './shipment.worked-examples.json';

/** A fact of the examples: its own members, and the shipment in full or what differs in it from the fact before. */
interface ExpectedFact {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly data: object;
  readonly shipment?: object;
  readonly differs?: readonly string[];
}

interface Step {
  readonly example: string;
  readonly about: string;
  /** A fact of an order, and the commands that reactions make of it. */
  readonly heard?: Heard;
  readonly commands?: readonly Sent[];
  /** Or a command, and its reply. */
  readonly sent?: Sent;
  readonly reply?: object;
  readonly facts: readonly ExpectedFact[];
}

const book = new ShipmentBook();
const snapshots = new Map<string, Record<string, unknown>>();

const differing = (before: Record<string, unknown>, after: Record<string, unknown>): string[] =>
  Object.keys(after)
    .filter((name) => name !== 'updated_at' && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .toSorted();

function check({ id, type, sequence, time, data }: Published, expected: ExpectedFact): void {
  const { shop_slug, order_id, order_number, shipment_id, shipment, ...changes } = data;
  expect({ id, type, sequence, time }).toEqual({
    id: expected.id,
    type: expected.type,
    sequence: expected.sequence,
    time: expected.time,
  });
  // text, because the order of the members is part of the example
  expect(JSON.stringify(changes, null, 1)).toBe(JSON.stringify(expected.data, null, 1));
  const common = ['shop_slug', 'order_id', 'order_number', 'shipment_id'];
  expect(Object.keys(data)).toEqual([...common, ...Object.keys(expected.data), 'shipment']);
  expect([shop_slug, order_id, order_number]).toEqual([
    shipment.shop_slug,
    shipment.order_id,
    shipment.order_number,
  ]);
  expect(id).toBe(`${shipment_id}/${sequence}`);
  expect(shipment.updated_at).toBe(time);
  const differs = differing(snapshots.get(shipment_id) ?? {}, shipment);
  // an example shows the shipment in full, or what differs, or neither
  expect(differs).toEqual(expected.differs ?? differs);
  expect(JSON.stringify(shipment, null, 1)).toBe(JSON.stringify(expected.shipment ?? shipment, null, 1));
  snapshots.set(shipment_id, shipment);
}

/** What a step makes: the commands of reactions, or a reply; and facts. */
async function play({ heard, sent }: Step) {
  if (heard) {
    const { commands, answers } = await book.hear(heard, orderReactions);
    return { commands, reply: undefined, facts: answers.flatMap(({ facts }) => facts) };
  }
  if (!sent) throw new Error('a step hears a fact or sends a command');
  const { reply, facts } = await book.send(sent);
  return { commands: undefined, reply, facts };
}

describe('worked examples of the domain, message by message', () => {
  it.each(steps as unknown as Step[])('$example: $about', async (step) => {
    const { commands, reply, facts: published } = await play(step);
    expect(JSON.stringify(commands, null, 1)).toBe(JSON.stringify(step.commands, null, 1));
    expect(reply).toEqual(step.reply);
    expect(published.map(({ id }) => id)).toEqual(step.facts.map(({ id }) => id));
    for (const [i, expected] of step.facts.entries()) {
      const fact = published[i];
      const contract = contractOf(expected.type);
      if (!fact || !contract) throw new Error(`no ${expected.type}`);
      check(fact, expected);
      expect(validatorOf(contract)(fact.data)).toEqual([]);
    }
  });
});
