/** What a cell counts; `affected…` keep one family per kind of filter, `dispatched` is the denominator of claim rates. */
export type CellReport =
  | 'orders'
  | 'shipments'
  | 'delivery-times'
  | 'campaigns'
  | 'claims'
  | 'dispatched'
  | 'affected'
  | 'affected/country'
  | 'affected/phase'
  | 'affected/country/phase';

export type ViewKind = 'all' | 'segment' | 'carrier';
export type GroupKind = 'none' | 'province_code' | 'campaign';

/** What may be filtered or splits rows and has few values. `parcels`: sorted `phase/flag` pairs, joined by commas. */
export interface Facets {
  readonly currency?: string;
  readonly country?: string;
  readonly phase?: string;
  readonly flag?: string;
  readonly parcels?: string;
  /** `''`: credited to no campaign. */
  readonly campaign?: string;
  readonly method?: string;
}

/** One row of a rollup. */
export interface Cell {
  readonly shop: string;
  readonly report: CellReport;
  /** UTC day, YYYY-MM-DD. */
  readonly day: string;
  /** `all`, `segment:<s>` or `carrier:<c>`. */
  readonly view: string;
  /** `none`, `province_code:<v>` or `campaign:<v>`; `campaign:` is no campaign. */
  readonly group: string;
  readonly facets: Facets;
}

/** Sums by name; `units/TEE-L` is the share of one value in `units`. Money in minor units, durations in ms. */
export type Measures = Readonly<Record<string, bigint>>;

/** What one subject adds to one cell. */
export interface Contribution {
  readonly cell: Cell;
  readonly measures: Measures;
}

const facetNames = ['currency', 'country', 'phase', 'flag', 'parcels', 'campaign', 'method'] as const;

/** The same text for the same cell and for no other. */
export function cellKey({ shop, report, day, view, group, facets }: Cell): string {
  return JSON.stringify([shop, report, day, view, group, ...facetNames.map((name) => facets[name] ?? null)]);
}

export const viewKindOf = (view: string) => kindOf(view) as ViewKind;
export const groupKindOf = (group: string) => kindOf(group) as GroupKind;
/** What stands behind the kind: `b2b` of `segment:b2b`. */
export const valueOf = (view: string) => view.slice(kindOf(view).length + 1);

const kindOf = (text: string) => text.split(':', 1)[0] ?? text;
