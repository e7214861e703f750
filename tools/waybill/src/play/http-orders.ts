import { CommandFailure } from '../failure';
import type { OrderSnapshot } from './order-figure';

const perPage = 100;

/** All orders of a shop as the HTTP door shows them, page by page. */
export async function readOrdersOverHttp(
  url: string,
  shop: string,
  signal: AbortSignal,
): Promise<OrderSnapshot[]> {
  const orders: OrderSnapshot[] = [];
  for (let page = 1; ; page += 1) {
    const part = await readPage(`${url}/v1/shops/${shop}/orders?page=${page}&per_page=${perPage}`, signal);
    orders.push(...part);
    if (part.length < perPage) return orders;
  }
}

async function readPage(address: string, signal: AbortSignal): Promise<OrderSnapshot[]> {
  let response: Response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new CommandFailure(`${address} does not answer: ${String((error as Error).cause ?? error)}`);
  }
  if (!response.ok) {
    throw new CommandFailure(
      `${address} answers ${response.status}: ${(await response.text()).slice(0, 200)}`,
    );
  }
  return (await response.json()) as OrderSnapshot[];
}
