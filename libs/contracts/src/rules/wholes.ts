import { parseTime } from '../values/time';
import { isOrderNumber, isText } from '../values/text';
import { isUuid } from '../values/ids';
import { isPlainObject, type Check, type Rule } from './rule';

// a schema may ask about a value before it knows that it is an object
const read = (owner: unknown, name: string): unknown =>
  isPlainObject(owner) ? Reflect.get(owner, name) : undefined;

/** The object has at least one of `names`; null counts, since it clears a value. */
export const atLeastOneOf = (...names: string[]): Rule => ({
  msg: `needs at least one of ${names.join(', ')}`,
  checks: [{ type: 'atLeastOneOf', holds: (owner) => names.some((name) => read(owner, name) !== undefined) }],
  schema: { anyOf: names.map((name) => ({ required: [name] })) },
});

/** The object is named by at least one of `names`: neither null nor empty text does that. */
export const namedByOneOf = (...names: string[]): Rule => ({
  msg: `needs at least one of ${names.join(', ')}`,
  checks: [
    {
      type: 'atLeastOneOf',
      holds: (owner) =>
        names
          .map((name) => read(owner, name))
          .some((value) => (typeof value === 'string' ? value.trim() !== '' : value != null)),
    },
  ],
  schema: { anyOf: names.map((name) => ({ required: [name] })) },
});

/** Components only in a bundle. */
export const componentsOnlyInBundle: Rule = {
  msg: 'only a product of type bundle has bundled_products',
  checks: [
    {
      type: 'bundle',
      holds: (owner) => {
        const components = read(owner, 'bundled_products');
        return !Array.isArray(components) || components.length === 0 || read(owner, 'type') === 'bundle';
      },
    },
  ],
  schema: {},
};

/** An estimate does not end before it begins. */
export const fromNotAfterTo: Rule = {
  msg: 'from must not be after to',
  checks: [
    {
      type: 'period',
      holds: (owner) => {
        const [from, to] = [parseTime(read(owner, 'from')), parseTime(read(owner, 'to'))];
        // normalised times have one length, so their text sorts as they do
        return from === undefined || to === undefined || from <= to;
      },
    },
  ],
  schema: {},
};

const idChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  order_number: isOrderNumber,
  external_id: (value) => isText(value, 128),
  uuid: isUuid,
};

const fitsIdType: Check['holds'] = (value, owner) => {
  const idType = read(owner, 'id_type') ?? 'order_number';
  // a wrong id_type is an issue of its own
  return typeof idType !== 'string' || !Object.hasOwn(idChecks, idType) || idChecks[idType]?.(value) === true;
};

/** `id` of an order: what its neighbour `id_type` says. */
export const orderReference: Rule = {
  msg: 'must be an order number (1 to 64 characters), an external id (1 to 128) or a UUID, as id_type says',
  checks: [
    { type: 'length', holds: (value) => isText(value, 128) },
    { type: 'idType', holds: fitsIdType },
  ],
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};
