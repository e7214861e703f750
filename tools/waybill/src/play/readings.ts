import { serviceTopics } from '@waybill/contracts';
import type { Admin } from 'kafkajs';
import { CommandFailure } from '../failure';
import type { Reading } from '../kafka/rest';
import { eventTopics } from './fact-listener';
import { commandServices } from './planned-message';

const events = (service: string): string => serviceTopics(service).events;

/** Who must have finished with what before nothing is on its way. Without a story no claim is made, and no claims service is needed. */
export async function readingsOf(admin: Admin, factGroup: string, withStory: boolean): Promise<Reading[]> {
  const copied = ['orders', 'shipments'].map((service) => ({
    group: 'claims.copies',
    topic: events(service),
  }));
  return [
    ...commandServices.map((service) => ({ group: service, topic: serviceTopics(service).commands })),
    { group: 'orders.reactions', topic: events('shipments') },
    { group: 'shipments.reactions', topic: events('orders') },
    ...(withStory ? copied : []),
    ...eventTopics.map((topic) => ({ group: factGroup, topic })),
    ...(await analyticsGroups(admin)).map((group) => ({ group, topic: events('orders') })),
  ];
}

/** Analytics reads in one group for each generation of its figures. */
const generation = /^analytics\.g\d+$/;

/** Those that somebody is in: one that was replaced stays behind for good. */
async function analyticsGroups(admin: Admin): Promise<string[]> {
  const { groups } = await admin.listGroups();
  const names = groups.map(({ groupId }) => groupId).filter((name) => generation.test(name));
  const described = names.length === 0 ? [] : (await admin.describeGroups(names)).groups;
  const alive = described.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId);
  if (alive.length === 0) throw new CommandFailure('no analytics service reads the facts');
  return alive;
}
