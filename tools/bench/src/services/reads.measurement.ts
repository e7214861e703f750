import { idOf, shop, zipCodeOf } from '../order-message';
import { seeded } from '../random';
import { preload } from '../stage';
import { type Answered, ask, type Question } from './ask';
import type { Measurement } from './measurement';
import { dispatchedOrders } from './parcel-messages';
import { play, running } from './play';

const perPage = 25;
const connections = [1, 16];

export const readsMeasurement: Measurement = {
  name: 'reads',
  about: `orders over HTTP: one by its id or its zip code, and the newest ${perPage}`,
  measure: async (stage, { messages: orders, seconds }) => {
    await preload(stage, dispatchedOrders(orders));
    await play(stage, ['orders']);
    const answers: Answered[] = [];
    await running(stage, ['orders'], async ([service]) => {
      if (!service) throw new Error('orders do not run');
      for (const question of questions(orders))
        for (const at of connections)
          answers.push(await ask(service, stage.pids.mongo, question, at, seconds));
    });
    return { answers };
  },
};

function questions(orders: number): Question[] {
  const random = seeded(11);
  const chosen = Array.from({ length: 4096 }, () => Math.floor(random() * orders));
  const base = `/v1/shops/${shop}/orders`;
  const orderAt = (i: number) => chosen[i % chosen.length] ?? 0;
  return [
    {
      what: 'one order',
      orders,
      path: (i) => `${base}/${idOf(orderAt(i))}`,
      isRight: (body, i) => isOf(body, orderAt(i)),
    },
    {
      what: 'order by zip code',
      orders,
      path: (i) => `${base}?zip_code=${zipCodeOf(orderAt(i))}`,
      isRight: (body, i) => isOf(body, orderAt(i)),
    },
    {
      what: `newest ${perPage}`,
      orders,
      path: () => `${base}?per_page=${perPage}`,
      isRight: (body) => countIn(body) === Math.min(perPage, orders),
    },
  ];
}

const countIn = (body: string): number => (JSON.parse(body) as unknown[]).length;

const isOf = (body: string, order: number): boolean => body.includes(`"uuid":"${idOf(order)}"`);
