/**
 * Active ISO 4217 codes that have a minor unit, as of November 2026. Left out are the codes without one
 * (metals, bond market units, SDR, XTS, XXX): nothing can be bought in them.
 */
const codes =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF ' +
  'CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP ' +
  'GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT ' +
  'LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR ' +
  'NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN ' +
  'SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF ' +
  'XCD XCG XOF XPF YER ZAR ZMW ZWG';

export const currencies: ReadonlySet<string> = new Set(codes.split(' '));

/** Decimal places of the minor unit, where they are not 2 (domain 1.6). */
const exponents: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const exponentOf = new Map(
  Object.entries(exponents).flatMap(([exponent, list]) =>
    list.split(' ').map((code): [string, number] => [code, Number(exponent)]),
  ),
);

/** How many decimal places an amount of `currency` has: 0, 2, 3 or 4. */
export function currencyExponent(currency: string): number {
  return exponentOf.get(currency) ?? 2;
}

/** The code in upper case, `undefined` when it is no active currency. */
export function normaliseCurrency(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^[A-Za-z]{3}$/.test(text)) return undefined;
  const code = text.toUpperCase();
  return currencies.has(code) ? code : undefined;
}
