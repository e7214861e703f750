import { isDeepStrictEqual } from 'node:util';
import type { ReportAnswer } from '../evidence/evidence';
import type { CountedClaim, CountedOrder } from './counted';
import type { Facts } from './facts';
import { recount } from './recount';
import type { Verdict } from './verdict';

/** Checks every answer of analytics against a recount of the last snapshots. */
export function checkReports(
  answers: readonly ReportAnswer[],
  orders: Facts,
  claims: Facts,
  verdict: Verdict,
): void {
  const allOrders = [...orders.values()].map((own) => own.at(-1)?.data.order as CountedOrder);
  const allClaims = [...claims.values()].map((own) => own.at(-1)?.data.claim as CountedClaim);
  for (const answer of answers) {
    const ofShop = ({ shop_slug: shop }: { readonly shop_slug: string }) => shop === answer.shop;
    const counted = byName(recount(answer, allOrders.filter(ofShop), allClaims.filter(ofShop)));
    const said = byName(answer.rows.map(({ anomalies: _anomalies, ...row }) => row));
    const names = [...new Set([...counted.keys(), ...said.keys()])];
    const differing = names.find((name) => !isDeepStrictEqual(counted.get(name), said.get(name)));
    if (differing === undefined) continue;
    verdict.say(
      'wrong',
      `${answer.instance} answers ${answer.report} of ${answer.shop} by ${JSON.stringify(answer.query)} with ` +
        `${JSON.stringify(said.get(differing) ?? null)}, and a recount says ${JSON.stringify(counted.get(differing) ?? null)}`,
    );
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Rows by what they are about. */
const byName = (rows: readonly object[]): ReadonlyMap<string, Row> =>
  new Map(
    rows
      .map((row) => JSON.parse(JSON.stringify(row)) as Row)
      .map((row) => {
        const { bucket, group, currency, campaign, method } = row;
        return [JSON.stringify([bucket, group, currency, campaign, method]), row];
      }),
  );
