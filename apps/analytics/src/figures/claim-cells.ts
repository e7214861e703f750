import { cellKey, type Cell, type Facets, type CellReport, type Measures } from './cell';
import type { KeptClaim } from './kept-claim';
import type { Tally } from './tally';
import { dayOf } from './utc-day';

/** Report `claims` but for the affected orders. */
export function addClaim(tally: Tally, shop: string, claim: KeptClaim): void {
  const { country, phase, createdAt } = claim;
  for (const view of viewsOf(claim)) {
    for (const group of groupsOf(claim)) {
      const cell: Cell = {
        shop,
        report: 'claims',
        day: dayOf(createdAt),
        view,
        group,
        facets: { country, phase },
      };
      tally.add(cell, measuresOf(claim));
    }
  }
}

/**
 * The order is affected once, on the day of its first claim. Which claim is first depends on the filter, so there is
 * a family of cells for each combination of filters.
 */
export function addAffected(tally: Tally, shop: string, claims: readonly KeptClaim[]): void {
  const first = new Map<string, Cell>();
  for (const claim of claims) {
    for (const cell of affectedCells(shop, claim)) {
      const key = cellKey({ ...cell, day: '' });
      const known = first.get(key);
      if (known === undefined || cell.day < known.day) first.set(key, cell);
    }
  }
  for (const cell of first.values()) tally.add(cell, { affected_orders: 1n });
}

function affectedCells(shop: string, claim: KeptClaim): Cell[] {
  const { country, phase, createdAt } = claim;
  const families: [CellReport, Facets][] = [
    ['affected', {}],
    ['affected/country', { country }],
    ['affected/phase', { phase }],
    ['affected/country/phase', { country, phase }],
  ];
  return viewsOf(claim).flatMap((view) =>
    groupsOf(claim).flatMap((group) =>
      families.map(([report, facets]) => ({ shop, report, day: dayOf(createdAt), view, group, facets })),
    ),
  );
}

const viewsOf = ({ segments, carrier }: KeptClaim) => [
  'all',
  ...segments.map((segment) => `segment:${segment}`),
  `carrier:${carrier}`,
];

const groupsOf = ({ province }: KeptClaim) => ['none', `province_code:${province}`];

function measuresOf(claim: KeptClaim): Measures {
  const named: [string, string | null][] = [
    ['by_reason', claim.reason],
    ['by_flow', claim.flow],
    ['by_resolution_preference', claim.preference],
    ['by_status', claim.status],
    ['by_shipment_phase', claim.phase],
    ['by_country_code', claim.country],
    ['by_carrier_reference', claim.carrier],
    ...claim.products.map((product): [string, string] => ['by_product', product]),
  ];
  const counted = named.filter(([, value]) => value !== null);
  return { claims: 1n, ...Object.fromEntries(counted.map(([name, value]) => [`${name}/${value}`, 1n])) };
}
