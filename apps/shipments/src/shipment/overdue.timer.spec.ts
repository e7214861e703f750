import type { Model } from 'mongoose';
import type { PinoLogger } from 'nestjs-pino';
import type { ShipmentsConfig } from '../shipments.config';
import { OverdueTimer } from './overdue.timer';
import type { ShipmentCommandService } from './shipment.command-service';
import type { ShipmentReadModel } from './shipment.schema';

const asOf = '2026-01-12T08:00:00.000Z';
const state = { shopSlug: 'demo-shop', orderId: 'o-1' };

async function checked(...due: { _id: string; parked?: { first: number; next: number } }[]) {
  const query = { lean: () => Promise.resolve(due.map((one) => ({ ...one, state }))) };
  const chain = Object.assign(query, { select: () => query, sort: () => query, limit: () => query });
  const ids: string[] = [];
  const timer = new OverdueTimer(
    {} as ShipmentsConfig,
    { find: () => chain } as unknown as Model<ShipmentReadModel>,
    {
      send: async (commands: readonly { id: string }[]) => void ids.push(...commands.map(({ id }) => id)),
    } as unknown as ShipmentCommandService,
    {} as PinoLogger,
  );
  return { sent: await timer.check(asOf), ids };
}

it('checks no parcel that has parked commands: its checks would pile up behind them', async () => {
  expect(
    await checked(
      { _id: 's-1' },
      { _id: 's-2', parked: { first: 3, next: 5 } },
      { _id: 's-3', parked: { first: 5, next: 5 } },
    ),
  ).toEqual({ sent: 2, ids: [`s-1/overdue/${asOf}`, `s-3/overdue/${asOf}`] });
});
