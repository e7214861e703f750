import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NewerVersionError } from '@waybill/aggregates';
import { analyticsUses, readingOf } from '@waybill/contracts';
import type { Fact } from '@waybill/messaging';
import { faultsIn } from './fact-faults';

const faults = faultsIn({
  source: 'claims',
  member: 'claim',
  reading: readingOf(analyticsUses, 'claims.events'),
  same: [
    ['claim_id', 'claim_id'],
    ['shop_slug', 'shop_slug'],
  ],
});

interface Example {
  readonly payload: {
    readonly type: string;
    readonly source: string;
    readonly subject: string;
    readonly data: { readonly claim: object };
  };
}

const file = join(__dirname, '../../../docs/examples/claims.claim-created.v1.json');
const [example] = JSON.parse(readFileSync(file, 'utf8')) as Example[];
if (!example) throw new Error('there is no example');
const { type, source, subject, data } = example.payload;
const other = '0b1b9a3a-46f0-4d26-8f0a-6a4d8e6f2c11';

const fact = (change: Partial<Fact> = {}): Fact => ({
  type,
  source,
  aggregateId: subject,
  sequence: 1,
  id: `${subject}/1`,
  data,
  topic: 'claims.events',
  partition: 0,
  offset: 0,
  ...change,
});
const withClaim = (change: object) => fact({ data: { ...data, claim: { ...data.claim, ...change } } });

it('a fact of its owner has none, whatever its type, and whatever else it says', () => {
  expect(faults(fact())).toEqual([]);
  expect(faults(fact({ type: 'claims.claim-praised.v1' }))).toEqual([]);
  expect(faults(withClaim({ mood: 'fine' }))).toEqual([]);
  // nobody who reads it so looks at this
  expect(faults(withClaim({ answers: 'none' }))).toEqual([]);
});

it.each<[string, Fact, string]>([
  ['another writer', fact({ source: 'shipments' }), 'source'],
  ['no data', fact({ data: null }), 'data'],
  ['no snapshot', fact({ data: { ...data, claim: undefined } }), 'data.claim'],
  ['a snapshot that is none', withClaim({ status: 'open' }), 'data.claim.status'],
  ['a snapshot of another subject', fact({ aggregateId: other }), 'data.claim.claim_id'],
  ['two ids', fact({ data: { ...data, claim_id: other } }), 'data.claim_id'],
  ['two shops', withClaim({ shop_slug: 'other-shop' }), 'data.shop_slug'],
])('%s is a fault', (_, given, loc) => {
  expect(faults(given).map((issue) => issue.loc.join('.'))).toEqual([loc]);
});

it('a newer version is no fault: it waits for a release that knows it', () => {
  const newer = withClaim({ status: 'open' });
  expect(() => faults({ ...newer, type: 'claims.claim-created.v2' })).toThrow(NewerVersionError);
  // of what nobody has announced there is no version to wait for
  expect(faults(fact({ type: 'claims.claim-praised.v2' }))).toEqual([]);
});
