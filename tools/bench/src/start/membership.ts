import { AssignerProtocol } from 'kafkajs';
import { commandTopic, type Stage } from '../stage';

/** Who reads the commands of orders, at one moment. */
export interface Membership {
  readonly isStable: boolean;
  /** How many partitions each member has. */
  readonly partitions: readonly number[];
}

export async function membershipOf({ admin }: Stage): Promise<Membership> {
  const { groups } = await admin.describeGroups(['orders']);
  const members = groups[0]?.members ?? [];
  return {
    isStable: groups[0]?.state === 'Stable',
    partitions: members.map(({ memberAssignment }) => {
      const decoded =
        memberAssignment.length > 0 ? AssignerProtocol.MemberAssignment.decode(memberAssignment) : null;
      return decoded?.assignment[commandTopic]?.length ?? 0;
    }),
  };
}
