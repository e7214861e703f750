import { orderId, shipmentId } from '@waybill/contracts';
import { Random } from '../random';

/** An order as its senders know it. */
export interface LoadOrder {
  readonly shop: string;
  readonly number: string;
  readonly id: string;
  /** Never cancelled, so that whoever changes it must succeed. */
  readonly isKept: boolean;
  /** A command under its canonical key has placed it, so later ones find it whatever happens. */
  isPlaced: boolean;
  /** So has one that gave it a parcel's number. */
  isDispatched: boolean;
  trackings: number;
  /** Ids that callers chose for its claims. */
  readonly claims: string[];
  scans: number;
}

const shops = ['demo-shop', 'other-shop'] as const;
const firstOrders = 24;
const recordsPerOrder = 10;
const talkedAbout = 150;
const hotOrders = 4;
const hotForRecords = 250;
const hotShare = 0.35;

export const canonicalKey = ({ shop, number }: LoadOrder): string => `${shop}/${number}`;

/** Parcel of an order by the ordinal of its slot. */
export const parcelOf = ({ id }: LoadOrder, ordinal: number): string => shipmentId(id, ordinal);

export const numberOf = ({ number }: LoadOrder, n: number): string => `T${number}N${n}`;

/** What all senders share: a growing shop in which a few orders are talked about most, and others after a while. */
export class LoadWorld {
  readonly random: Random;
  private readonly orders: LoadOrder[] = [];
  private made = 0;

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    for (let i = 0; i < firstOrders; i++) this.grow();
  }

  /** A name that nothing else has. */
  unique(): string {
    this.made += 1;
    if (this.made % recordsPerOrder === 0) this.grow();
    return `s${this.seed}-${this.made}`;
  }

  order(isChosen: (order: LoadOrder) => boolean = () => true): LoadOrder {
    const recent = this.orders.slice(-talkedAbout).filter(isChosen);
    const isHot = this.random.chance(hotShare);
    const hotFrom = Math.floor(this.made / hotForRecords) * hotOrders;
    const hot = this.orders.slice(hotFrom, hotFrom + hotOrders).filter(isChosen);
    return this.random.pick(isHot && hot.length > 0 ? hot : recent);
  }

  /** Whether there is an order that has a parcel on its way, as far as senders know. */
  get hasDispatched(): boolean {
    return this.orders.slice(-talkedAbout).some(({ isDispatched }) => isDispatched);
  }

  shop(): string {
    return this.random.pick(shops);
  }

  private grow(): void {
    const i = this.orders.length;
    const shop = shops[i % shops.length] ?? shops[0];
    const number = String(10_001 + i);
    this.orders.push({
      shop,
      number,
      id: orderId(shop, number),
      isKept: i % 3 !== 0,
      isPlaced: false,
      isDispatched: false,
      trackings: 0,
      claims: [],
      scans: 0,
    });
  }
}
