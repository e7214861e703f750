/** Every carrier reference there is (domain 3.2). `unknown` on input equals absent. */
export const carriers = [
  'amz',
  'brt',
  'depost',
  'dhl',
  'dhlexp',
  'dhl_old',
  'dhl2man',
  'dpd',
  'dpdn',
  'dpduk',
  'gls',
  'gls_es',
  'goexp',
  'hrs',
  'postat',
  'rhe',
  'royalmail',
  'swisspost',
  'ups',
  'bpost',
  'dao',
  'anpost',
  'bring',
  'posti',
  'postnl_inter',
  'usps',
  'fedex',
  'postnord',
  'parcelone',
  'dachser',
  'asendia_de',
  'unknown',
] as const;

export type Carrier = (typeof carriers)[number];

/** What a carrier's tracking numbers look like. No number matches two carriers. */
export const carrierPatterns: readonly (readonly [RegExp, Carrier])[] = [
  [/^1Z[0-9A-Z]{16}$/, 'ups'],
  [/^00340\d{15}$/, 'dhl'],
  [/^JJD\d{16,20}$/, 'dhl'],
  [/^9[2-5]\d{20}$/, 'usps'],
  [/^[A-Z]{2}\d{9}US$/, 'usps'],
  [/^TBA\d{12}$/, 'amz'],
  [/^[A-Z]{2}\d{9}GB$/, 'royalmail'],
  [/^[A-Z]{2}\d{9}CH$/, 'swisspost'],
  [/^[A-Z]{2}\d{9}DE$/, 'depost'],
  [/^[A-Z]{2}\d{9}IE$/, 'anpost'],
  [/^[A-Z]{2}\d{9}NO$/, 'bring'],
  [/^[A-Z]{2}\d{9}FI$/, 'posti'],
  [/^[A-Z]{2}\d{9}(?:SE|DK)$/, 'postnord'],
  [/^[A-Z]{2}\d{9}AT$/, 'postat'],
  [/^[A-Z]{2}\d{9}BE$/, 'bpost'],
  [/^[A-Z]{2}\d{9}NL$/, 'postnl_inter'],
];

/** The carrier whose numbers look like this normalised tracking number, `unknown` when none does. */
export function detectCarrier(trackingNumber: string): Carrier {
  return carrierPatterns.find(([pattern]) => pattern.test(trackingNumber))?.[1] ?? 'unknown';
}
