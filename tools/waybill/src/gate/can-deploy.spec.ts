import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { canDeployCommand } from './can-deploy.command';
import { ledgerCommand } from './ledger.command';
import { readLedger, writeLedger } from './ledger';
import { adding, deployed, inSnapshot, offering, planted } from './planted.spec-data';

let folder: string;
let file: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(folder, 'ledger.json');
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  process.exitCode = undefined;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (...words: string[]) =>
  new Command()
    .addCommand(canDeployCommand())
    .addCommand(ledgerCommand())
    .parseAsync(['node', 'waybill', ...words, '--ledger', file])
    .then(() => process.exitCode);

describe('the gate on the command line', () => {
  it('lets pass what goes with the deployed, and ends with 0', async () => {
    writeLedger(file, deployed);
    expect(await run('can-deploy', 'orders')).toBeUndefined();
    expect(said).toEqual([
      'safe: orders of this checkout goes with all that is deployed',
      'deployed: analytics first, claims first, orders first, shipments first',
    ]);
  });

  it('says who breaks, and ends with 1', async () => {
    // what this checkout has no more
    const colour = { type: 'string' };
    const orders = planted('orders', adding('OrderSnapshot', 'colour', colour, false));
    const claims = planted('claims', (draft) => {
      Object.assign(inSnapshot(draft, 'orders.events', 'order').properties, { colour });
    });
    writeLedger(file, { ...deployed, orders, claims });
    expect(await run('can-deploy', 'orders')).toBe(1);
    expect(said).toEqual([
      'not safe: with orders of this checkout one thing would not work',
      'claims reads order.colour in orders.order-placed.v1 and 7 more, which is not there now',
      '  to make it safe: keep it until claims is deployed without it (libs/contracts/src/uses/claims.uses.ts)',
      'safe after claims of this checkout, each with its ledger entry written',
      'deployed: analytics first, claims first, orders first, shipments first',
    ]);
    said = [];
    await run('can-deploy', 'orders', '--json');
    expect(JSON.parse(said.join(''))).toMatchObject([{ parties: ['claims'], member: 'order.colour' }]);
  });

  it('sees no way out where the service itself is in the way', async () => {
    const open = planted(
      'orders',
      offering('UpsertOrder', 'id_type', (values) => [...values, 'barcode']),
    );
    writeLedger(file, { ...deployed, orders: open });
    expect(await run('can-deploy', 'orders')).toBe(1);
    expect(said.slice(1, -1)).toEqual([
      'a producer outside sends id_type in orders.upsert-order.v1, where "barcode" is refused now; allowed: "order_number", "external_id", "uuid"',
      '  to make it safe: go on accepting it, or accept a new version of the command beside this one',
    ]);
  });

  it('takes a deploy down', async () => {
    await run('ledger', 'write', 'claims', '--release', 'second');
    expect(readLedger(file)).toEqual({ claims: { ...deployed['claims'], release: 'second' } });
    await run('ledger', 'announce', 'claims');
    expect(readLedger(file)).toEqual({ claims: { ...deployed['claims'], release: 'second' } });
    expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
    await expect(run('ledger', 'announce', 'orders')).rejects.toThrow('orders is not deployed yet');
    await expect(run('can-deploy', 'refunds')).rejects.toThrow('there is no service refunds');
  });
});
