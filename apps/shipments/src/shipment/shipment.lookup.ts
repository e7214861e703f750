import type { Carrier } from '@waybill/contracts';

/** What is asked of the collection of shipments; MongoDB's own collection answers it. */
export interface ShipmentCollection {
  find(filter: object, options: { readonly projection: object }): { toArray(): Promise<readonly unknown[]> };
}

/** As much of a stored shipment as it takes to find it and to send something on to it. */
export interface KnownShipment {
  readonly shipmentId: string;
  readonly shopSlug: string;
  readonly orderId: string;
  /** Only where it has a number. */
  readonly attached?: KnownAttachment;
}

interface KnownAttachment {
  readonly carrier: Carrier;
  readonly carrierFrom: string;
  readonly attachedAt: string;
}

export interface KnownShipments {
  readonly byId: ReadonlyMap<string, KnownShipment>;
  readonly byNumber: ReadonlyMap<string, KnownShipment>;
}

interface FoundDocument {
  readonly _id: string;
  readonly state: {
    readonly shopSlug?: unknown;
    readonly orderId?: unknown;
    readonly carrier?: unknown;
    readonly carrierFrom?: unknown;
    readonly attachedAt?: unknown;
    readonly search?: { readonly numbers?: readonly string[] };
  } | null;
}

const projection = {
  'state.shopSlug': 1,
  'state.orderId': 1,
  'state.carrier': 1,
  'state.carrierFrom': 1,
  'state.attachedAt': 1,
  'state.search.numbers': 1,
};

/** Shipments by id and by number, in one query for each kind. */
export async function findShipments(
  shipments: ShipmentCollection,
  ids: readonly string[],
  numbers: readonly string[],
): Promise<KnownShipments> {
  const byId = await find(shipments, ids, { _id: { $in: [...new Set(ids)] } });
  const byNumber = await find(shipments, numbers, { 'state.search.numbers': { $in: [...new Set(numbers)] } });
  const holders = byNumber
    .toSorted((a, b) => compareHolders(a.shipment, b.shipment))
    .flatMap(({ document, shipment }) =>
      (document.state?.search?.numbers ?? []).map((key) => [key, shipment] as const),
    );
  return {
    byId: new Map(byId.map(({ document, shipment }) => [document._id, shipment])),
    // the last of a key stays, so the best comes last
    byNumber: new Map(holders),
  };
}

/** Of two with the same carrier and number the one whose order said so is the greater: the order holds the number. */
function compareHolders(a: KnownShipment, b: KnownShipment): number {
  const [isFirst, isSecond] = [isByOrder(a), isByOrder(b)];
  if (isFirst !== isSecond) return isFirst ? 1 : -1;
  return a.shipmentId < b.shipmentId ? -1 : 1;
}

const isByOrder = ({ attached }: KnownShipment): boolean => attached?.carrierFrom === 'order';

async function find(shipments: ShipmentCollection, wanted: readonly string[], filter: object) {
  if (wanted.length === 0) return [];
  const documents = (await shipments.find(filter, { projection }).toArray()) as readonly FoundDocument[];
  return documents.flatMap((document) => {
    const shipment = knownShipment(document);
    return shipment ? [{ document, shipment }] : [];
  });
}

/** Nothing for a shipment that does not exist, and for one that cannot be read: its own commands will say so. */
function knownShipment({ _id, state }: FoundDocument): KnownShipment | undefined {
  const { shopSlug, orderId, carrier, carrierFrom, attachedAt } = state ?? {};
  if (typeof shopSlug !== 'string' || typeof orderId !== 'string') return undefined;
  const known = { shipmentId: _id, shopSlug, orderId };
  const isAttached =
    typeof carrier === 'string' && typeof carrierFrom === 'string' && typeof attachedAt === 'string';
  return isAttached
    ? { ...known, attached: { carrier: carrier as Carrier, carrierFrom, attachedAt } }
    : known;
}
