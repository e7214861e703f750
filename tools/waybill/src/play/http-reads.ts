import { CommandFailure } from '../failure';

const perPage = 100;

/** All orders, or all shipments, of a shop as the HTTP door shows them, page by page. */
export async function readAllOverHttp<T>(
  url: string,
  shop: string,
  what: 'orders' | 'shipments',
  signal: AbortSignal,
): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    const part = await readPage<T>(
      `${url}/v1/shops/${shop}/${what}?page=${page}&per_page=${perPage}`,
      signal,
    );
    found.push(...part);
    if (part.length < perPage) return found;
  }
}

async function readPage<T>(address: string, signal: AbortSignal): Promise<T[]> {
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
  return (await response.json()) as T[];
}
