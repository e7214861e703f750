import { phases, directions } from '../orders/vocabulary';
import {
  catalogueRow,
  claimActions,
  draftEventNames,
  eventCatalogue,
  eventGroupOf,
  type CatalogueRow,
} from './event-catalogue';
import { eventGroups, type EventGroup } from './event-groups';
import { phaseAtFulfilment, phaseInfo, usualEdges } from './phase-info';
import { shipmentStates } from './vocabulary';

const rows: [string, CatalogueRow][] = Object.entries(eventCatalogue);
const groupsInRows = rows.flatMap(([, { group }]) => Object.values(group)).filter((group) => group !== null);

describe('event catalogue (invariant 34)', () => {
  it('has 35 names of scans, each a legal event name, and 30 groups', () => {
    expect(rows).toHaveLength(35);
    expect(rows.filter(([name]) => !/^[A-Z][A-Z_]{0,63}$/.test(name))).toEqual([]);
    expect(new Set(eventGroups).size).toBe(30);
  });

  it('names only phases and groups that exist, and every phase', () => {
    expect(new Set(rows.map(([, { phase }]) => phase))).toEqual(new Set(phases));
    expect(groupsInRows.filter((group) => !eventGroups.includes(group))).toEqual([]);
  });

  it('reaches every group, by a row, a claim, a name of one’s own or the notification of every delivery', () => {
    const claimed = Object.values(claimActions).map(({ group }) => group);
    const custom = eventGroupOf('OWN_NAME', 'merchant_customer', 'merchant');
    const reached = new Set<EventGroup | null>([...groupsInRows, ...claimed, custom]);
    expect(eventGroups.filter((group) => !reached.has(group))).toEqual(['shipment_delivered_all_events']);
    expect(groupsInRows).not.toContain(custom);
  });

  it('keeps the groups of the two directions apart', () => {
    const back = (group: string | null) => group?.startsWith('return_shipment_') ?? true;
    const forward = (group: string | null) => group?.startsWith('shipment_') ?? true;
    expect(
      rows.filter(([, { group }]) => !forward(group.merchant_customer) || !back(group.customer_merchant)),
    ).toEqual([]);
  });

  it('says of a sink that the parcel is well, or that it failed', () => {
    const sinks = rows.filter(([, { phase }]) => phaseInfo[phase].isSink);
    expect(new Set(sinks.map(([, { phase, flag }]) => `${phase} ${flag}`))).toEqual(
      new Set(['delivered normal', 'returned error', 'return_received normal']),
    );
  });

  it.each([
    ['SUCCESSFULLY_DELIVERED', 'merchant_customer', 'carrier', 'shipment_delivered'],
    ['SUCCESSFULLY_DELIVERED', 'customer_merchant', 'carrier', 'return_shipment_delivered'],
    ['SUCCESSFULLY_DELIVERED', 'merchant_customer', 'merchant', 'shipment_delivered'],
    ['ARRIVAL_AT_TRANSPORT_HUB', 'merchant_customer', 'merchant', null],
    ['ORDER_CREATED', 'merchant_customer', 'system', 'shipment_pre_transit'],
    ['RETURN_REGISTERED', 'customer_merchant', 'system', 'return_shipment_created'],
    ['OWN_NAME', 'merchant_customer', 'carrier', null],
    ['OWN_NAME', 'merchant_customer', 'merchant', 'shipment_internal_trigger'],
    ['OWN_NAME', 'customer_merchant', 'merchant', null],
    ['successfully_delivered', 'merchant_customer', 'carrier', null],
    ['CLAIM_CREATED', 'merchant_customer', 'carrier', null],
    ['CLAIM_CREATED', 'merchant_customer', 'merchant', 'shipment_internal_trigger'],
    ['constructor', 'merchant_customer', 'carrier', null],
  ] as const)('%s, %s, from a %s: %s', (name, direction, origin, group) => {
    expect(eventGroupOf(name, direction, origin)).toBe(group);
  });

  it('does not know what is no event of a parcel', () => {
    const strangers = ['CLAIM_CREATED', 'claim_updated', 'toString', '__proto__', ''];
    expect(strangers.map((name) => catalogueRow(name))).toEqual(strangers.map(() => undefined));
  });

  it('takes no event of a draft that would move it', () => {
    const beforeTransit = draftEventNames.map((name) => phaseInfo[eventCatalogue[name].phase].state);
    expect(new Set(beforeTransit)).toEqual(new Set(['pending']));
  });
});

describe('phases', () => {
  it('have the ranks 1 to 12, in the order in which they are listed', () => {
    expect(phases.map((phase) => phaseInfo[phase].rank)).toEqual(phases.map((_, index) => index + 1));
  });

  it('end in three sinks, which outrank every other phase', () => {
    expect(phases.filter((phase) => phaseInfo[phase].isSink)).toEqual([
      'delivered',
      'returned',
      'return_received',
    ]);
    expect(phases.slice(-3).every((phase) => phaseInfo[phase].isSink)).toBe(true);
  });

  it('show every state but the one that only reads know', () => {
    expect(new Set(phases.map((phase) => phaseInfo[phase].state))).toEqual(new Set(shipmentStates));
    expect(shipmentStates).not.toContain('archived');
  });

  it('are all reached by usual edges, which leave no sink', () => {
    const reached = new Set<string>(['start']);
    for (const _ of phases) for (const { from, to } of usualEdges) if (reached.has(from)) reached.add(to);
    expect(phases.filter((phase) => !reached.has(phase))).toEqual([]);
    expect(usualEdges.filter(({ from }) => from !== 'start' && phaseInfo[from].isSink)).toEqual([]);
    expect(new Set(usualEdges.map(({ from, to }) => `${from} ${to}`)).size).toBe(usualEdges.length);
  });

  it('of a parcel just fulfilled are usual ones to start with', () => {
    const starts = usualEdges.filter(({ from }) => from === 'start').map(({ to }) => to);
    for (const direction of directions) expect(starts).toContain(phaseAtFulfilment[direction]);
  });
});
