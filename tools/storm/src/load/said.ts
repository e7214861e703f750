interface Speaking {
  readonly order?: { readonly order_name?: unknown };
  readonly address?: { readonly city?: unknown };
  readonly order_analytics?: { readonly n?: unknown };
  readonly tracking_url?: unknown;
  readonly description?: unknown;
  readonly external_id?: unknown;
  readonly reason?: unknown;
}

/** What of a command must be found again in what comes of it; nothing where it has no words of its own. */
export function saidBy(data: object): { readonly says?: string } {
  const { order, address, order_analytics: map, ...rest } = data as Speaking;
  const own = order?.order_name ?? address?.city ?? map?.n;
  const says = own ?? rest.tracking_url ?? rest.description ?? rest.external_id ?? rest.reason;
  return typeof says === 'string' ? { says } : {};
}
