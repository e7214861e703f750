import { defaultLedger } from './can-deploy.command';
import { entryOfCheckout, services } from './checkout';
import { announced, type Ledger, readLedger, usedMembers } from './ledger';
import { inSnapshot, planted, removing } from './planted.spec-data';
import { breaksOf, deployOrder } from './verdict';

const ledger = readLedger(defaultLedger());
const checkout: Ledger = Object.fromEntries(
  services.map((service) => [service, entryOfCheckout(service, '')]),
);

describe('docs/ledger.json', () => {
  it('has every service that is deployed', () => {
    expect(Object.keys(ledger).toSorted()).toEqual([...services].toSorted());
  });

  it('lets all of this checkout be deployed, in some order (npm run waybill -- can-deploy SERVICE says what is wrong)', () => {
    expect(deployOrder(checkout, ledger).stuck).toEqual([]);
  });

  it.each(services)(
    'names all that %s of this checkout reads and sends (npm run waybill -- ledger announce SERVICE)',
    (service) => {
      const [next, known] = [checkout[service], ledger[service]];
      for (const uses of ['reads', 'sends'] as const) {
        const members = new Set(usedMembers(known?.[uses] ?? []));
        expect(usedMembers(next?.[uses] ?? []).filter((member) => !members.has(member))).toEqual([]);
      }
    },
  );
});

describe('what is announced', () => {
  const next = planted('claims', (draft) => {
    const { properties } = inSnapshot(draft, 'orders.events', 'order');
    Object.assign(properties, { status: { type: 'string' } });
  });
  const deployed = checkout['claims'];
  if (!deployed) throw new Error('no claims');

  it('stands beside what is deployed, which is still read', () => {
    const both = announced(deployed, next);
    expect(usedMembers(both.reads)).toContain('orders.order-placed.v1 order.status');
    expect(both.reads).toHaveLength(deployed.reads.length + 1);
    expect(announced(both, next)).toEqual(both);
    expect({ ...both, reads: [] }).toEqual({ ...deployed, reads: [] });
  });

  it('is kept by others from then on', () => {
    const both = { ...checkout, claims: announced(deployed, next) };
    const without = planted('orders', removing('OrderSnapshot', 'status'));
    const breaking = (known: Ledger) => breaksOf('orders', without, known).flatMap(({ parties }) => parties);
    expect(breaking(checkout)).toEqual(['analytics']);
    expect(breaking(both)).toEqual(['claims', 'analytics']);
  });
});
