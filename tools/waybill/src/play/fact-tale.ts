type FactData = Readonly<Record<string, unknown>>;

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const member = (data: FactData, name: string): FactData => (data[name] ?? {}) as FactData;
const list = (value: unknown): FactData[] => (Array.isArray(value) ? (value as FactData[]) : []);

const tales: Readonly<Record<string, (data: FactData) => string>> = {
  'order-placed': (data) => `placed, ${list(data['shipments']).length} to come`,
  'order-updated': (data) => {
    const [slot] = list(member(data, 'changes')['shipments']);
    if (data['origin'] !== 'shipment' || !slot) return 'updated';
    return `parcel ${text(slot['ordinal'])} ${slot['flag'] === 'normal' ? text(slot['phase']) : text(slot['flag'])}`;
  },
  'order-shipment-dispatched': (data) =>
    `dispatched parcel ${text(data['ordinal'])}, ${text(data['carrier_reference'])}`,
  'shipment-updated': (data) => `updated ${(data['changed'] as string[]).join(', ')}`,
  'shipment-event-recorded': (data) =>
    `${text(member(data, 'event')['event_name'])}${data['was_kept'] === true ? ' (kept)' : ''}`,
  'shipment-phase-changed': (data) => `now ${text(data['to'])}`,
  'claim-created': (data) => `claimed, ${text(data['reason'])}`,
  'claim-updated': (data) => Object.values(member(data, 'changes')).map(text).join(', '),
  'shipment-flagged': (data) => `flag ${text(data['to'])}`,
};

/** A fact in as few words as a story has room for; below the name of its order or parcel. `type` as `order-placed`. */
export function factTale(type: string, data: FactData): string {
  return tales[type]?.(data) ?? type.replace(/^(order|shipment)-/, '');
}
