import type { TopicRecord } from '../evidence/topic-record';
import { envelopeOf, sentIds } from './effects';
import type { Facts } from './facts';
import type { Verdict } from './verdict';

/** Checks that commands on an order under its canonical key took effect in the order in which they lie in their topic. */
export function checkSequence(commands: readonly TopicRecord[], facts: Facts, verdict: Verdict): void {
  const offsets = new Map<string, { key: string | null; offsets: number[] }>();
  for (const record of commands) {
    const data = envelopeOf(String(record.value))?.data;
    // one that is named otherwise may wait until it is known who is meant, and a list is many
    if (!data || data['id_type'] !== undefined || data['items'] !== undefined) continue;
    for (const id of sentIds(record)) {
      const known = offsets.get(id) ?? { key: record.key, offsets: [] };
      known.offsets.push(record.offset);
      offsets.set(id, known);
    }
  }
  for (const own of facts.values()) {
    let last = -1;
    for (const { id, causationid, data } of own) {
      const sent = offsets.get(causationid);
      if (!sent || sent.key !== `${data.shop_slug}/${data.order_number}`) continue;
      // of several copies it may be any that comes next
      const next = sent.offsets.toSorted((a, b) => a - b).find((offset) => offset >= last);
      if (next === undefined)
        verdict.say('out of order', `fact ${id} of ${causationid} comes after that of a later command`);
      last = next ?? last;
    }
  }
}
