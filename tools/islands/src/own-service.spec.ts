import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

/** The services that each way to start one starts; all ways there are, the second test sees to it. */
const starters: Readonly<Record<string, readonly string[]>> = {
  AnalyticsService: ['analytics'],
  ClaimsService: ['claims'],
  OrdersService: ['orders'],
  ShipmentsService: ['shipments'],
  startClaims: ['claims'],
  startOrders: ['orders'],
  startShipments: ['shipments'],
  startParcels: ['orders', 'shipments'],
  startEverything: ['claims', 'orders', 'shipments'],
};
/** Starts what it is told to: only libs/testing and tools may name it. */
const anyService = 'ServiceProcess';
const startsNone = ['startPrivateStack', 'startSecuredStack', 'startSecuredDatabase'];

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, folder, file));

/** What a source says that is neither a comment nor the name of a type. */
const codeOf = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/\btype \w+/g, '');

/** Services that a source starts; `?` for one that cannot be told. */
function started(source: string): string[] {
  const code = codeOf(source);
  const named = Object.keys(starters).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const untold = new RegExp(`\\bnew ${anyService}\\b`).test(code) ? ['?'] : [];
  return [...new Set([...named.flatMap((name) => starters[name] ?? []), ...untold])];
}

describe('the tests of a service', () => {
  it.each(readdirSync(join(root, 'apps')))('%s: start it and no other', (app) => {
    const others = filesOf(`apps/${app}`).flatMap((file) =>
      started(readFileSync(file, 'utf8'))
        .filter((service) => service !== app)
        .map((service) => `${file.slice(root.length)} starts ${service}`),
    );
    expect(others).toEqual([]);
  });

  it('know no other way to start one', () => {
    const exported = filesOf('libs/testing/src').flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(
        /^export (?:abstract )?(?:class|const|async function|function) (\w+)/gm,
      ),
    ]);
    const ways = exported
      .map(([, name = '']) => name)
      .filter((name) => /^start[A-Z]|Service(?:Process)?$/.test(name));
    const known = [...Object.keys(starters), ...startsNone, anyService];
    expect(ways.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('would be seen to start another', () => {
    expect(started("import { startParcels } from '@waybill/testing';\nawait startParcels();")).toEqual([
      'orders',
      'shipments',
    ]);
    expect(started("new ServiceProcess('orders', stack)")).toEqual(['?']);
    expect(started('// not startOrders\nlet one: Running; type ClaimsService')).toEqual([]);
  });
});
