import { contractOf, orderId, validatorOf } from '@waybill/contracts';
import {
  type AnyFact,
  canStartPrivateStack,
  type Command,
  type Reply,
  type RunningParcels,
  type ServiceClient,
  staleExamples,
  startParcels,
} from '@waybill/testing';
import further from './further-life.steps.json';
import { shop } from './parcels.spec-data';
import steps from './whole-life.steps.json';

jest.setTimeout(180_000);

/** A message of the examples; what they do not say of it is left out. */
interface Shown {
  readonly id: string;
  readonly type: string;
  readonly data?: object;
  /** Of a shipment's fact that the examples show in full. */
  readonly shipment?: object;
}

interface Step {
  readonly example: string;
  readonly about: string;
  readonly sent: Omit<Command, 'specversion'>;
  /** Several of a bulk. */
  readonly replies: readonly Reply[];
  /** The commands that reactions make of what follows. */
  readonly made: readonly Shown[];
  /** The facts of both services that follow, in order for each aggregate. */
  readonly facts: readonly (Shown & { readonly sequence: number })[];
  /** The kept scan that is applied on the way. */
  readonly follows?: string;
}

// what no example shows comes after them
const all = [...steps, ...further] as unknown as readonly Step[];
const orderNumbers = ['10001', '10002', '10003', '10004'];
const firstParcel = 'c376e889-76c9-5c95-ad8b-a381eae0408d';

const withStack = canStartPrivateStack() ? describe : describe.skip;

withStack('the life of parcels as the domain tells it, with orders and shipments running', () => {
  let parcels: RunningParcels;

  beforeAll(async () => {
    parcels = await startParcels();
  });
  afterAll(() => parcels?.end());

  const clientOf = ({ type }: Pick<Shown, 'type'>): ServiceClient =>
    type.startsWith('orders.') ? parcels.orders.client : parcels.shipments.client;

  async function factOf(shown: Step['facts'][number]): Promise<AnyFact> {
    const facts = await clientOf(shown).facts(shown.id.slice(0, 36), shown.sequence);
    const fact = facts.find(({ id }) => id === shown.id);
    if (!fact) throw new Error(`no fact ${shown.id}`);
    return fact;
  }

  const commandsOf = (records: readonly { readonly value: Buffer | null }[]): Command[] =>
    records.map(({ value }) => JSON.parse(String(value)) as Command);

  const madeOf = (shown: Shown): Promise<Command> => {
    const { heard, topics } = clientOf(shown);
    return heard.until(`the command ${shown.id}`, () =>
      commandsOf(heard.of(topics.commands)).find(({ id }) => id === shown.id),
    );
  };

  it.each(all)('$example $sent.id: $about', async ({ sent, replies, made, facts, follows }) => {
    const message: Command = { specversion: '1.0', ...sent };
    expect(await clientOf(sent).askItems(message, replies.length)).toEqual(replies);

    const roots = [sent.id, ...(follows === undefined ? [] : [follows])];
    const causes = [...roots, ...itemsOf({ sent, replies }), ...made.map(({ id }) => id)];
    for (const shown of facts) {
      const { shipment, ...members } = shown;
      const fact = await factOf(shown);
      const { common, data, snapshot } = partsOf(fact);
      expect({ ...fact, data }).toMatchObject(members);
      expect(data).toEqual(members.data ?? data);
      expect(snapshot).toEqual(shipment ?? snapshot);
      expect(common).toEqual(commonOf(fact.aggregateId, snapshot));
      expect(causes).toContain(fact.causationId);
      expect(roots).toContain(fact.correlationId);
      const contract = contractOf(fact.type);
      expect(contract && validatorOf(contract)(fact.data)).toEqual([]);
    }
    for (const shown of made) expect(await madeOf(shown)).toMatchObject(shown);
  });

  it('nothing was said that the examples do not say', async () => {
    const expected = all.flatMap(({ facts }) => facts);
    for (const { client } of [parcels.orders, parcels.shipments]) {
      const own = expected.filter((fact) => clientOf(fact) === client).map(({ id }) => id);
      const told = commandsOf(await client.heard.all(client.topics.events)).map(({ id }) => id);
      expect(told.toSorted()).toEqual(own.toSorted());
      expect(await client.allDeadLetters()).toEqual([]);
    }
  });

  it('no reaction has made another command', async () => {
    const sent = all.flatMap((step) => [step.sent.id, ...itemsOf(step)]);
    const made = all.flatMap((step) => step.made.map(({ id }) => id));
    for (const { client } of [parcels.orders, parcels.shipments]) {
      const ids = commandsOf(await client.heard.all(client.topics.commands)).map(({ id }) => id);
      expect(ids.filter((id) => !sent.includes(id) && !made.includes(id))).toEqual([]);
      const ofReactions = ids.filter((id) => made.includes(id));
      expect(ofReactions).toHaveLength(new Set(ofReactions).size);
    }
  });

  it.each(orderNumbers)('%s and its parcels read as their last facts say', async (number) => {
    const id = orderId(shop, number);
    const order = (await parcels.orders.client.allFacts(id)).at(-1)?.data.order;
    expect(await parcels.orders.service.get(`/v1/shops/${shop}/orders/${id}`)).toEqual(order);

    const path = `/v1/shops/${shop}/shipments`;
    const found = await parcels.shipments.service.get<Snapshot[]>(`${path}?order_id=${id}`);
    const records = await parcels.shipments.client.heard.all(parcels.shipments.client.topics.events);
    const told = new Map<string, Snapshot>();
    for (const { data } of commandsOf(records))
      if (data.order_id === id) told.set(data.shipment_id, data.shipment);
    expect(new Map(found.map((one) => [one.shipment_id, one]))).toEqual(
      // it has arrived long ago, which only readers over HTTP see
      new Map(
        [...told].map(([key, one]) => [key, key === firstParcel ? { ...one, state: 'archived' } : one]),
      ),
    );
    for (const { shipment_id, events } of found) {
      expect(await parcels.shipments.service.get(`${path}/${shipment_id}/events`)).toEqual(
        events.toReversed(),
      );
    }
  });

  it('the order shows of its parcels what they say of themselves', async () => {
    const order = await parcels.orders.service.get<{ shipments: Slot[] }>(
      `/v1/shops/${shop}/orders/${orderId(shop, '10001')}`,
    );
    expect(order.shipments).toMatchObject([
      {
        shipment_id: firstParcel,
        phase: 'delivered',
        phase_since: '2026-01-15T10:24:00.000Z',
        flag: 'normal',
        picked_up_at: '2026-01-12T17:05:00.000Z',
        had_delay: false,
        carrier_reference: 'dhl',
      },
      { phase: 'collect', phase_since: '2026-01-16T08:15:00.000Z', carrier_reference: 'ups' },
    ]);
  });

  it('docs/examples shows these messages', async () => {
    expect(await staleExamples(parcels.shipments.client)).toEqual([]);
  });
});

/** Ids of the commands that a bulk is split into. */
const itemsOf = ({ sent, replies }: Pick<Step, 'sent' | 'replies'>): string[] =>
  replies.length === 1 ? [] : replies.map((_, item) => `${sent.id}/${item}`);

/** The data of a fact: the members that all facts of its kind have, what changed, and the snapshot. */
function partsOf({ type, data: { shop_slug, order_id, order_number, ...rest } }: AnyFact) {
  const common = { shop_slug, order_id, order_number };
  if (type.startsWith('orders.')) {
    const { order: snapshot, ...data } = rest;
    return { common, data, snapshot };
  }
  const { shipment_id, shipment: snapshot, ...data } = rest;
  return { common: { ...common, shipment_id }, data, snapshot };
}

/** What the common members must be by the id of the aggregate and its snapshot. */
const commonOf = (id: string, { uuid, shop_slug, order_id, order_number }: Record<string, string>) =>
  uuid === undefined
    ? { shop_slug, order_id, order_number, shipment_id: id }
    : { shop_slug, order_id: id, order_number };

interface Snapshot {
  readonly shipment_id: string;
  readonly events: readonly object[];
}

interface Slot {
  readonly shipment_id: string;
}
