import type { KeptCommand } from '../evidence/evidence';
import type { Effects } from './effects';
import type { Facts } from './facts';
import type { Sent } from './sent';
import type { Verdict } from './verdict';

interface Parcel {
  readonly shop_slug: string;
  readonly tracking_number: string | null;
  readonly events: readonly { readonly external_id: string | null }[];
}

/** Checks that every scan is recorded once in the parcel that has its number, or kept once where no parcel has it. */
export function checkScans(
  sent: readonly Sent[],
  effects: Effects,
  kept: readonly KeptCommand[],
  shipments: Facts,
  verdict: Verdict,
): void {
  const parcels = [...shipments.values()].map((own) => own.at(-1)?.data.shipment as Parcel);
  const byPlace = new Map(parcels.map((parcel) => [`${parcel.shop_slug}/${parcel.tracking_number}`, parcel]));
  for (const { place, messageId } of kept)
    if (byPlace.has(place)) verdict.say('lost', `${messageId} is kept, though ${place} is known`);
  const scans = Map.groupBy(
    sent.filter(({ scan, id }) => scan && !isRefused(effects, id)),
    ({ scan }) => `${scan?.shop}/${scan?.number} ${scan?.externalId}`,
  );
  for (const [name, own] of scans) {
    const [place = '', externalId] = name.split(' ');
    const parcel = byPlace.get(place);
    const ids = new Set(own.map(({ id }) => id));
    const times = parcel
      ? parcel.events.filter((event) => event.external_id === externalId).length
      : kept.filter((one) => one.place === place && ids.has(one.messageId)).length;
    if (times === 1) continue;
    const where = parcel ? 'recorded' : 'kept';
    verdict.say(
      times === 0 ? 'lost' : 'doubled',
      `the scan ${name} of ${[...ids].join(', ')} is ${where} ${times} times`,
    );
  }
}

const isRefused = (effects: Effects, id: string): boolean => {
  const { replies, letters } = effects.get(id) ?? {};
  return (
    [...(replies?.values() ?? [])].some(({ outcome }) => outcome === 'refused') || (letters?.size ?? 0) > 0
  );
};
