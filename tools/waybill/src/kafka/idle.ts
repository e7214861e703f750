import type { Admin } from 'kafkajs';
import { CommandFailure } from '../failure';

/** Members would commit over what is set for their group, and Kafka does not allow it. */
export async function requireIdle(admin: Admin, groupId: string): Promise<void> {
  const { groups } = await admin.describeGroups([groupId]);
  const members = groups[0]?.members.length ?? 0;
  if (members > 0)
    throw new CommandFailure(`group ${groupId} has ${members} running members: stop the service first`);
}
