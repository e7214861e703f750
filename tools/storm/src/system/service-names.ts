/** The services of a storm, and where each of them lies. */
export const serviceNames = ['orders', 'shipments', 'claims', 'analytics'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Those that have aggregates, and so take commands. */
export const owners = ['orders', 'shipments', 'claims'] as const;
export type Owner = (typeof owners)[number];

/** Short, so that a command that waits for what never comes is refused before the storm is audited. */
export const retryDelays = ['1s', '3s', '8s'] as const;
