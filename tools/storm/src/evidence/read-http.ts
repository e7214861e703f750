import type { ServiceProcess } from '@waybill/testing';
import type { Instance } from '../system/fleet';
import type { ReportAnswer } from './evidence';
import type { TopicRecord } from './topic-record';

const atOnce = 6;

/** Asks a service for each aggregate that its facts name; null where it says that there is none. */
export async function readServed(
  process: Pick<ServiceProcess, 'get'>,
  service: string,
  facts: readonly TopicRecord[],
): Promise<Map<string, unknown>> {
  const shops = new Map(facts.map(({ value }) => subjectOf(value)));
  const wanted = [...shops];
  const served = new Map<string, unknown>();
  const ask = async () => {
    for (let next = wanted.pop(); next; next = wanted.pop()) {
      const [id, shop] = next;
      served.set(id, await answerOf(process, `/v1/shops/${shop}/${service}/${id}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return served;
}

function subjectOf(value: Buffer): readonly [id: string, shop: string] {
  const { subject, data } = JSON.parse(String(value)) as { subject: string; data: { shop_slug: string } };
  return [subject, data.shop_slug];
}

async function answerOf(process: Pick<ServiceProcess, 'get'>, path: string): Promise<unknown> {
  try {
    return await process.get(path);
  } catch (error) {
    if (error instanceof Error && error.message.includes(': 404 ')) return null;
    throw error;
  }
}

/** From before the load's month to behind today, which commands that say no time take. */
const range = () => ({
  from: '2025-12-01',
  to: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
});
const questions = [
  { report: 'orders', query: {} },
  { report: 'orders', query: { bucket: 'day', group_by: 'country_code' } },
  { report: 'orders', query: { bucket: 'week', group_by: 'segment' } },
  { report: 'shipments', query: { as_of: '2026-01-20' } },
  { report: 'shipments', query: { as_of: '2026-01-20', bucket: 'day', group_by: 'carrier_reference' } },
  { report: 'delivery-times', query: { target_days: '5' } },
  { report: 'delivery-times', query: { target_days: '5', bucket: 'week' } },
  { report: 'claims', query: {} },
  { report: 'claims', query: { bucket: 'month', group_by: 'country_code' } },
  { report: 'campaigns', query: {} },
  { report: 'campaigns', query: { bucket: 'month' } },
] as const;

/** Asks every instance of analytics everything, for each shop. */
export async function readReports(
  instances: readonly Instance[],
  shops: readonly string[],
): Promise<ReportAnswer[]> {
  const answers: ReportAnswer[] = [];
  for (const { name, process } of instances)
    for (const shop of shops)
      for (const { report, query } of questions) {
        const asked: Record<string, string> = { ...range(), ...query };
        const path = `/v1/shops/${shop}/analytics/${report}?${String(new URLSearchParams(asked))}`;
        answers.push({ instance: name, shop, report, query: asked, rows: await process.get(path) });
      }
  return answers;
}
