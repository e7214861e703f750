import type { StoredDeadLetter } from '@waybill/messaging';

/** A faulty place as half a sentence; some messages name their subject themselves. */
export function issueText({ field, msg }: StoredDeadLetter['reasons'][number]): string {
  return field === '' || msg.startsWith('the ') ? msg : `${field} ${msg}`;
}
