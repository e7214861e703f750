import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type SentBy, type shipmentsUses, timeOf } from '@waybill/contracts';
import type { Model } from 'mongoose';
import { PinoLogger } from 'nestjs-pino';
import { type ShipmentsConfig, shipmentsConfigToken } from '../shipments.config';
import { ShipmentCommandService } from './shipment.command-service';
import { shipmentModel } from './shipment.queries';
import { dueFilter, type ShipmentReadModel } from './shipment.schema';

const pageSize = 500;

/**
 * Sends a `check-estimated-arrival` for every parcel whose estimate has passed, each full period. All instances send the
 * same commands, with the same ids and times, so it makes no difference how many of them there are.
 */
@Injectable()
export class OverdueTimer implements OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(shipmentsConfigToken) private readonly config: ShipmentsConfig,
    @InjectModel(shipmentModel) private readonly shipments: Model<ShipmentReadModel>,
    private readonly commands: ShipmentCommandService,
    private readonly log: PinoLogger,
  ) {}

  start(): void {
    const { overdueCheckEveryMs: everyMs } = this.config;
    if (everyMs === 0) return;
    const untilNextMs = everyMs - (Date.now() % everyMs);
    this.timer = setTimeout(() => void this.tick(everyMs), untilNextMs).unref();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  /** Sends the checks of `asOf`; answers how many. */
  async check(asOf: string): Promise<number> {
    let sent = 0;
    for (let after = ''; ;) {
      const page = await this.shipments
        .find({ ...dueFilter(asOf), _id: { $gt: after } })
        .select('state.shopSlug state.orderId parked')
        .sort({ _id: 1 })
        .limit(pageSize)
        .lean<DueShipment[]>();
      const due = page.filter(isDecided);
      await this.commands.send(due.map((shipment) => checkOf(shipment, asOf)));
      sent += due.length;
      if (page.length < pageSize) return sent;
      after = page.at(-1)?._id ?? '';
    }
  }

  private async tick(everyMs: number): Promise<void> {
    const asOf = timeOf(Math.floor(Date.now() / everyMs) * everyMs);
    try {
      const sent = await this.check(asOf);
      this.log.info({ asOf, sent }, 'estimates checked');
    } catch (error) {
      // the next period checks the same parcels again
      this.log.error({ err: error, asOf }, 'estimates could not be checked');
    }
    this.start();
  }
}

interface DueShipment {
  readonly _id: string;
  readonly parked?: { readonly first: number; readonly next: number };
  readonly state: { readonly shopSlug: string; readonly orderId: string };
}

/** A check of a parcel with parked commands would be parked as well, one more each period. */
const isDecided = ({ parked }: DueShipment): boolean => !parked || parked.first === parked.next;

const checkType = 'shipments.check-estimated-arrival.v1';

const checkOf = ({ _id, state }: DueShipment, asOf: string) => ({
  key: state.orderId,
  id: `${_id}/overdue/${asOf}`,
  source: 'shipments',
  type: checkType,
  time: asOf,
  data: {
    shop_slug: state.shopSlug,
    shipment_id: _id,
    as_of: asOf,
  } satisfies SentBy<typeof shipmentsUses, typeof checkType>,
});
