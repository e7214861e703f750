/** The offsets of consumer groups, as a broker keeps them: whoever lost a partition can commit nothing for it any more. */
export class MemoryGroup<Member> {
  private readonly committed = new Map<string, number>();
  private readonly members = new Map<string, Member>();

  /** A rebalance: from now on the partition is this member's. */
  assign(partition: string, member: Member): void {
    this.members.set(partition, member);
  }

  ownerOf(partition: string): Member | undefined {
    return this.members.get(partition);
  }

  get partitions(): readonly string[] {
    return [...this.members.keys()];
  }

  /** Where a new member goes on. */
  offset(partition: string): number {
    return this.committed.get(partition) ?? 0;
  }

  /** `false`: fenced, the partition is somebody else's. */
  commit(partition: string, member: Member, offset: number): boolean {
    if (this.members.get(partition) !== member) return false;
    this.committed.set(partition, offset);
    return true;
  }

  /** What an operator does, or the loss of the newest commits. */
  reset(partition: string, offset: number): void {
    this.committed.set(partition, offset);
  }
}
