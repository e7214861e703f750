/** What is asked of the collection of orders; MongoDB's own collection answers it. */
export interface OrderCollection {
  find(filter: object, options: { readonly projection: object }): { toArray(): Promise<readonly unknown[]> };
}

/** As much of a stored order as it takes to find it. */
export interface KnownOrder {
  readonly shopSlug: string;
  readonly orderNumber: string;
  /** Null: the order number is shown instead. */
  readonly externalId: string | null;
}

export interface KnownOrders {
  readonly byId: ReadonlyMap<string, KnownOrder>;
  readonly byKey: ReadonlyMap<string, KnownOrder>;
}

interface FoundDocument {
  readonly _id: string;
  readonly keys?: readonly string[];
  readonly state: {
    readonly shopSlug?: unknown;
    readonly orderNumber?: unknown;
    readonly search?: { readonly givenExternalId?: unknown };
    /** In version 1 it may be here alone. */
    readonly details?: { readonly externalId?: unknown };
  } | null;
}

const projection = {
  keys: 1,
  'state.shopSlug': 1,
  'state.orderNumber': 1,
  'state.search.givenExternalId': 1,
  'state.details.externalId': 1,
};

/** Orders by id and by unique key, in one query for each kind. */
export async function findOrders(
  orders: OrderCollection,
  ids: readonly string[],
  keys: readonly string[],
): Promise<KnownOrders> {
  const byId = await find(orders, ids, { _id: { $in: [...new Set(ids)] } });
  // the unique index covers documents that have keys; not every planner sees that without being told
  const byKey = await find(orders, keys, { keys: { $in: [...new Set(keys)], $exists: true } });
  return {
    byId: new Map(byId.map(({ document, order }) => [document._id, order])),
    byKey: new Map(byKey.flatMap(({ document, order }) => (document.keys ?? []).map((key) => [key, order]))),
  };
}

async function find(orders: OrderCollection, wanted: readonly string[], filter: object) {
  if (wanted.length === 0) return [];
  const documents = (await orders.find(filter, { projection }).toArray()) as readonly FoundDocument[];
  return documents.flatMap((document) => {
    const order = knownOrder(document);
    return order ? [{ document, order }] : [];
  });
}

/** Nothing for an order that does not exist yet, and for one that cannot be read: its own commands will say so. */
function knownOrder({ state }: FoundDocument): KnownOrder | undefined {
  const { shopSlug, orderNumber, search, details } = state ?? {};
  if (typeof shopSlug !== 'string' || typeof orderNumber !== 'string') return undefined;
  const externalId = search?.givenExternalId ?? details?.externalId;
  return { shopSlug, orderNumber, externalId: typeof externalId === 'string' ? externalId : null };
}
