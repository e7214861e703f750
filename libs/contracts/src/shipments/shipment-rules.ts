import { carriers } from '../values/carriers';
import { isText } from '../values/text';
import { isTimezone, timezonePattern } from '../values/timezone';
import { isPlainObject, matching, oneOf, type Check, type Rule } from '../rules/rule';

/** 1 to 64 letters, digits or `_`, a letter first, case-sensitive. */
export const eventName = matching(
  /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
  'must be 1 to 64 letters, digits or underscores, with a letter first',
);

/** A carrier that can be matched: `unknown` is none. */
export const scanCarrier = oneOf(
  carriers.filter((carrier) => carrier !== 'unknown'),
  'must be a known carrier',
);

export const timezone: Rule = {
  msg: 'must be the name of an IANA time zone, such as Europe/Berlin',
  checks: [{ type: 'isTimezone', holds: isTimezone }],
  schema: { type: 'string', minLength: 1, maxLength: 64 },
};

/** A zone in a fact: a reader's time zone database may be older than ours. */
export const keptTimezone = matching(timezonePattern, 'must look like the name of a time zone');

/** A bucket in a fact: the event catalogue is data and may grow within a version. */
export const keptEventGroup = matching(/^[a-z0-9_]{1,64}$/, 'must look like an event group');

/** Degrees from -`max` to `max`. */
export const degrees = (max: number): Rule => ({
  msg: `must be a number from -${max} to ${max}`,
  checks: [
    { type: 'isNumber', holds: (value) => typeof value === 'number' },
    { type: 'min', holds: (value) => (value as number) >= -max },
    { type: 'max', holds: (value) => (value as number) <= max },
  ],
  schema: { type: 'number', minimum: -max, maximum: max },
});

const maxOpeningHours = 14;
const openingHoursMsg = `must be a map of at most ${maxOpeningHours} texts of at most 500 characters, named by text of 1 to 500`;

// as a key, `__proto__` would be lost as soon as somebody copies the map member by member
const isKey = (key: string) => key.trim() !== '__proto__' && isText(key, 500);

const isMapOf =
  (fits: (key: string, value: unknown) => boolean): Check['holds'] =>
  (map) =>
    isPlainObject(map) &&
    Object.keys(map).length <= maxOpeningHours &&
    Object.entries(map).every(([key, value]) => isKey(key) && fits(key, value));

const openingHoursOf = (fits: (key: string, value: unknown) => boolean, minLength: number): Rule => ({
  msg: openingHoursMsg,
  checks: [{ type: 'openingHours', holds: isMapOf(fits) }],
  schema: {
    type: 'object',
    maxProperties: maxOpeningHours,
    additionalProperties: { type: 'string', minLength, maxLength: 500 },
  },
});

/** Text by text, such as hours by weekday. An empty text counts as not given. */
export const openingHours = openingHoursOf((_, value) => isText(value, 500, 0), 0);

/** The same as it is kept: trimmed, without empty ones. */
export const keptOpeningHours = openingHoursOf(
  (key, value) => key === key.trim() && isText(value, 500) && value === value.trim(),
  1,
);

/** A shipment is named by its id, or by its carrier and number: by one of both, wholly. A carrier `unknown` is as none. */
export const namedOneWay: Rule = {
  msg: 'needs either shipment_id, or carrier_reference and tracking_number',
  checks: [
    {
      type: 'oneWay',
      holds: (owner) => {
        const read = (name: string): unknown => (isPlainObject(owner) ? Reflect.get(owner, name) : undefined);
        const carrier = read('carrier_reference');
        const hasCarrier = carrier !== undefined && carrier !== 'unknown';
        const hasNumber = read('tracking_number') !== undefined;
        return read('shipment_id') === undefined ? hasCarrier && hasNumber : !hasCarrier && !hasNumber;
      },
    },
  ],
  schema: {
    anyOf: [
      {
        required: ['shipment_id'],
        properties: { tracking_number: { not: {} }, carrier_reference: { const: 'unknown' } },
      },
      {
        required: ['carrier_reference', 'tracking_number'],
        properties: { shipment_id: { not: {} }, carrier_reference: { not: { const: 'unknown' } } },
      },
    ],
  },
};
