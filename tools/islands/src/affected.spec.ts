import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../..');

/** The projects that `nx affected` builds, checks and tests when these files have changed. */
function affected(...files: string[]): string[] {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const question = ['show', 'projects', '--affected', `--files=${files.join(',')}`, '--json'];
  const shown = execFileSync(process.execPath, [nx, ...question], { cwd: root, encoding: 'utf8' });
  return (JSON.parse(shown) as string[]).toSorted((a, b) => a.localeCompare(b));
}

const apps = ['analytics', 'claims', 'orders', 'shipments'];
const onMessages = [...apps, 'aggregates', 'messaging', 'service', 'testing'];
const sorted = (names: readonly string[]) => names.toSorted((a, b) => a.localeCompare(b));
/** Tools come and go. */
const deployed = [...readdirSync(join(root, 'apps')), ...readdirSync(join(root, 'libs'))];

describe('what a change makes work for', () => {
  it.each([
    ['a file of one app: this app', 'apps/claims/src/claim/claim.decider.ts', ['claims']],
    [
      'a contract of orders: whoever sends, takes or reads messages',
      'libs/contracts/src/orders/order-facts.dto.ts',
      sorted([...onMessages, 'contracts']),
    ],
    [
      'the transport: what stands on it, and not the contracts',
      'libs/messaging/src/envelope.ts',
      sorted(onMessages),
    ],
    [
      'an example of a message: whoever tests with it',
      'docs/examples/orders.place-order.v1.json',
      sorted([...onMessages, 'contracts']),
    ],
    ['a file that nothing is made of', 'docs/decisions/0001-one-record-is-one-document.md', []],
  ])('%s', (_, file, projects) => {
    const found = affected(file).filter((name) => deployed.includes(name));
    expect(found).toEqual(projects);
  });
});
