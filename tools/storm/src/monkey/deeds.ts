import type { Random } from '../random';
import { type ServiceName, serviceNames } from '../system/service-names';
import type { Part } from '../system/servers';

/** One thing that the monkey does. Durations in milliseconds. */
export type Deed =
  | { readonly kind: 'kill service' | 'terminate service'; readonly service: ServiceName }
  | { readonly kind: 'freeze service'; readonly service: ServiceName; readonly forMs: number }
  | { readonly kind: 'scale service'; readonly service: ServiceName; readonly to: number }
  | {
      readonly kind: 'kill server' | 'freeze server' | 'silence';
      readonly part: Part;
      readonly forMs: number;
    }
  | { readonly kind: 'cut'; readonly part: Part; readonly share: number }
  | { readonly kind: 'delay'; readonly part: Part; readonly byMs: number; readonly forMs: number };

export interface PlannedDeed {
  /** Since the begin of the storm; later where what it is done to is not there. */
  readonly atMs: number;
  readonly deed: Deed;
}

export interface PlanOptions {
  /** How many processes are killed, broker and database among them. */
  readonly kills: number;
  readonly minutes: number;
  readonly instances: number;
  readonly sessionTimeoutMs: number;
}

const calmAtFirstMs = 3000;
const otherDeedsPerKill = 0.8;
const serviceWeights = { orders: 4, shipments: 3, claims: 2, analytics: 1 } as const;
const otherWeights = {
  'freeze service': 4,
  'terminate service': 3,
  'scale service': 3,
  'freeze server': 1,
  cut: 4,
  delay: 2,
  silence: 2,
} as const;

/** What the monkey will do: exactly as many kills as wanted, and other trouble between them, at even distances. */
export function planDeeds(random: Random, options: PlanOptions): PlannedDeed[] {
  const { kills, minutes } = options;
  const brokerKills = kills < 4 ? 0 : Math.max(1, Math.round(kills * 0.06));
  const databaseKills = kills < 4 ? 0 : Math.max(1, Math.round(kills * 0.1));
  const deeds: Deed[] = [
    ...Array.from({ length: brokerKills }, () => killOf(random, 'kafka')),
    ...Array.from({ length: databaseKills }, () => killOf(random, 'mongo')),
    ...Array.from({ length: kills - brokerKills - databaseKills }, (): Deed => ({
      kind: 'kill service',
      service: random.weighted(serviceWeights),
    })),
    ...Array.from({ length: Math.ceil(kills * otherDeedsPerKill) }, () => otherDeed(random, options)),
  ];
  const stepMs = (minutes * 60_000 - calmAtFirstMs) / deeds.length;
  return random
    .shuffled(deeds)
    .map((deed, i) => ({ atMs: Math.round(calmAtFirstMs + (i + random.next()) * stepMs), deed }));
}

const killOf = (random: Random, part: Part): Deed => ({
  kind: 'kill server',
  part,
  forMs: random.int(0, 3000),
});

function otherDeed(random: Random, { sessionTimeoutMs, instances }: PlanOptions): Deed {
  const kind = random.weighted(otherWeights);
  const service = random.pick(serviceNames);
  const part = random.pick(['kafka', 'mongo'] as const);
  switch (kind) {
    case 'freeze service':
      // longer than the group waits: it wakes up as the owner of partitions that are somebody else's
      return { kind, service, forMs: sessionTimeoutMs + random.int(1000, 4000) };
    case 'terminate service':
      return { kind, service };
    case 'scale service':
      return { kind, service, to: random.int(1, instances + 1) };
    case 'freeze server':
      return { kind, part, forMs: random.int(1000, 8000) };
    case 'cut':
      return { kind, part, share: random.pick([0.2, 0.5, 1]) };
    case 'delay':
      return { kind, part, byMs: random.int(20, 400), forMs: random.int(2000, 6000) };
    case 'silence':
      return { kind, part, forMs: random.int(1000, 7000) };
  }
}
