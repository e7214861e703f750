import { normaliseCountry } from '../values/countries';
import { normaliseCurrency } from '../values/currencies';
import { carriers } from '../values/carriers';
import { isAnalyticsMap } from '../values/analytics-map';
import { isUuid, normaliseUuid } from '../values/ids';
import { isDecimal, maxAmount, parseMagnitude } from '../values/money';
import { isEmail, isOrderNumber, isText, isWebUrl, shopSlugPattern, zipCodePattern } from '../values/text';
import { parseTime } from '../values/time';
import { normaliseTrackingNumber } from '../values/tracking-number';

export type JsonSchema = Record<string, unknown>;

export interface Check {
  /** Name of the constraint: the `type` of an issue. */
  readonly type: string;
  /** `owner` is the object that holds the value. */
  readonly holds: (value: unknown, owner: object) => boolean;
}

/** What a value must be: the same predicates serve class-validator and the compiled JSON Schema. */
export interface Rule {
  readonly msg: string;
  /** The first one that does not hold is reported. Each must bear any value. */
  readonly checks: readonly Check[];
  /** What others read: as exact as plain JSON Schema can say it. */
  readonly schema: JsonSchema;
}

const single = (type: string, msg: string, schema: JsonSchema, holds: Check['holds']): Rule => ({
  msg,
  checks: [{ type, holds }],
  schema,
});

const isString: Check = { type: 'isString', holds: (value) => typeof value === 'string' };
const isNumber: Check = { type: 'isNumber', holds: (value) => typeof value === 'number' };

/** text(max); `min` 0 where an empty text counts as null. */
export const text = (max: number, min: number): Rule => ({
  msg: min === 0 ? `must be text of at most ${max} characters` : `must be text of 1 to ${max} characters`,
  checks: [isString, { type: 'length', holds: (value) => isText(value, max, min) }],
  schema: { type: 'string', ...(min > 0 && { minLength: min }), maxLength: max },
});

/** text(max) as it is kept: trimmed and never empty. */
export const keptText = (max: number): Rule => ({
  msg: `must be trimmed text of 1 to ${max} characters`,
  checks: [isString, { type: 'length', holds: (value) => isText(value, max) && value === value.trim() }],
  schema: { type: 'string', minLength: 1, maxLength: max },
});

/** A string that matches as it is; for `name` see the message. */
export const matching = (pattern: RegExp, msg: string): Rule =>
  single(
    'matches',
    msg,
    { type: 'string', pattern: pattern.source },
    (value) => typeof value === 'string' && pattern.test(value),
  );

export const shopSlug = matching(
  shopSlugPattern,
  'must be 1 to 64 lower-case letters, digits or hyphens, with no hyphen at either end',
);

export const zipCode = matching(zipCodePattern, 'must be 1 to 16 letters, digits, spaces or hyphens');

export const orderNumber = single(
  'orderNumber',
  'must be text of 1 to 64 characters without control characters',
  { type: 'string', minLength: 1, maxLength: 64 },
  isOrderNumber,
);

export const uuid = single('isUuid', 'must be a UUID', { type: 'string', format: 'uuid' }, isUuid);

export const keptUuid = single(
  'isUuid',
  'must be a UUID in lower case',
  { type: 'string', format: 'uuid' },
  (value) => normaliseUuid(value) === value && value !== undefined,
);

export const time = single(
  'isTime',
  'must be an ISO 8601 time with offset, such as 2026-01-10T08:00:00Z',
  { type: 'string', format: 'date-time' },
  (value) => parseTime(value) !== undefined,
);

export const keptTime = single(
  'isTime',
  'must be a time in UTC with milliseconds',
  { type: 'string', format: 'date-time', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$` },
  (value) => value !== undefined && parseTime(value) === value,
);

export const url = single(
  'isUrl',
  'must be an absolute http or https URL of at most 2048 characters',
  { type: 'string', format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://', maxLength: 2048 },
  isWebUrl,
);

export const email = single(
  'isEmail',
  'must be an email address of at most 320 characters',
  { type: 'string', pattern: String.raw`^[^\s@]+@[^\s@]+$`, maxLength: 320 },
  isEmail,
);

export const currency = single(
  'isCurrency',
  'must be an active ISO 4217 currency code',
  { type: 'string', pattern: '^[A-Za-z]{3}$' },
  (value) => normaliseCurrency(value) !== undefined,
);

export const countryCode = single(
  'isCountryCode',
  'must be an ISO 3166-1 alpha-2 country code',
  { type: 'string', pattern: '^[A-Za-z]{2}$' },
  (value) => normaliseCountry(value) !== undefined,
);

export const trackingNumber = single(
  'trackingNumber',
  'must be 1 to 64 printable ASCII characters, white space aside',
  { type: 'string', minLength: 1 },
  (value) => normaliseTrackingNumber(value) !== undefined,
);

export const keptTrackingNumber = single(
  'trackingNumber',
  'must be 1 to 64 printable ASCII characters in upper case',
  { type: 'string', pattern: '^[!-`{-~]{1,64}$' },
  (value) => value !== undefined && normaliseTrackingNumber(value) === value,
);

export const oneOf = (values: readonly string[], msg = `must be one of ${values.join(', ')}`): Rule =>
  single('isIn', msg, { type: 'string', enum: [...values] }, (value) => values.includes(value as string));

export const carrier = oneOf(carriers, 'must be a known carrier');

export const boolean = single(
  'isBoolean',
  'must be true or false',
  { type: 'boolean' },
  (value) => typeof value === 'boolean',
);

/** int(min..max). */
export const int = (min: number, max: number): Rule => ({
  msg: `must be a whole number from ${min} to ${max}`,
  checks: [
    { type: 'isInt', holds: (value) => Number.isInteger(value) },
    { type: 'min', holds: (value) => (value as number) >= min },
    { type: 'max', holds: (value) => (value as number) <= max },
  ],
  schema: { type: 'integer', minimum: min, maximum: max },
});

/** A number from `min` to `max` with at most `places` decimals of its shortest decimal text. */
export const decimal = (min: number, max: number, places: number): Rule => ({
  msg: `must be a number from ${min} to ${max} with at most ${places} decimals`,
  checks: [
    isNumber,
    { type: 'min', holds: (value) => (value as number) >= min },
    { type: 'max', holds: (value) => (value as number) <= max },
    { type: 'maxDecimalPlaces', holds: (value) => isDecimal(value, min, max, places) },
  ],
  schema: { type: 'number', minimum: min, maximum: max },
});

export const amount = decimal(0, maxAmount, 4);
/** Rounding to the currency's exponent may carry the greatest amount over to the next whole number. */
export const keptAmount = decimal(0, Math.ceil(maxAmount), 4);
export const signedAmount = decimal(-maxAmount, maxAmount, 4);
export const grams = decimal(0, 10_000_000, 3);
export const rate: Rule = {
  msg: 'must be a number from 0 to 1',
  checks: [
    isNumber,
    { type: 'min', holds: (value) => (value as number) >= 0 },
    { type: 'max', holds: (value) => (value as number) <= 1 },
  ],
  schema: { type: 'number', minimum: 0, maximum: 1 },
};

export const magnitude = single(
  'magnitude',
  'must be a number or decimal text with at most 4 decimals',
  {
    anyOf: [
      { type: 'number', minimum: -maxAmount, maximum: maxAmount },
      { type: 'string', pattern: String.raw`^[+-]?\d{1,16}(\.\d{1,16})?$` },
    ],
  },
  (value) => parseMagnitude(value) !== undefined,
);

/** 0..128 characters; here an empty code is a value of its own. */
export const discountCode = text(128, 0);

export const analyticsMap = single(
  'analyticsMap',
  'must be a map of at most 50 members and 8 KiB: keys of 1 to 64 letters, digits, _, . or -; values text (500), number, true, false or null',
  {
    type: 'object',
    maxProperties: 50,
    propertyNames: { pattern: '^[A-Za-z0-9_.-]{1,64}$' },
    additionalProperties: {
      anyOf: [{ type: 'string', maxLength: 500 }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }],
    },
  },
  isAnalyticsMap,
);

/** A JSON object: neither null nor a list. */
export const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = single('isObject', 'must be an object', { type: 'object' }, isPlainObject);

/** A list of `min` to `max` entries, whatever they are. */
export const list = (min: number, max: number): Rule => ({
  msg: min === 0 ? `must be a list of at most ${max} entries` : `must be a list of ${min} to ${max} entries`,
  checks: [
    { type: 'isArray', holds: Array.isArray },
    { type: 'arrayMinSize', holds: (value) => Array.isArray(value) && value.length >= min },
    { type: 'arrayMaxSize', holds: (value) => Array.isArray(value) && value.length <= max },
  ],
  schema: { type: 'array', minItems: min, maxItems: max },
});
