import { serviceTopics } from '@waybill/contracts';
import type { Check } from '../measure';
import { recordsIn, type Stage } from '../stage';

type Owner = 'orders' | 'shipments' | 'claims';

/** How many aggregates a service has in its database, of those that match. */
export const countOf = ({ mongo }: Stage, service: Owner, filter: object = {}): Promise<number> =>
  mongo
    .db(service)
    .collection(service)
    .countDocuments({ state: { $ne: null }, ...filter });

/** That each fact of a service was published once: its aggregates say how many there are. */
export async function factsCheck(stage: Stage, service: Owner): Promise<Check> {
  let wanted = 0;
  const all = stage.mongo.db(service).collection(service);
  for await (const { seq } of all.find<{ seq: number }>({ state: { $ne: null } }, { projection: { seq: 1 } }))
    wanted += seq;
  return [`facts of ${service}`, await recordsIn(stage, serviceTopics(service).events), wanted];
}
