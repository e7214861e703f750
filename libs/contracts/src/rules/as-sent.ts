import { ListOfValues, Value, type MemberDecorator } from './decorators';
import * as rules from './rule';

// Members of commands: a caller may write them in any way that has one meaning; the service brings them into one form.

/** text(max), required to say something. */
export const Text = (max: number): MemberDecorator => Value(rules.text(max, 1));
/** text(max) that may be empty, which counts as null. */
export const MaybeText = (max: number): MemberDecorator => Value(rules.text(max, 0));
export const TextList = (max: number, entries: number): MemberDecorator =>
  ListOfValues(rules.text(max, 1), 0, entries);
export const OrderNumber = (): MemberDecorator => Value(rules.orderNumber);
export const Uuid = (): MemberDecorator => Value(rules.uuid);
export const Time = (): MemberDecorator => Value(rules.time);
export const Currency = (): MemberDecorator => Value(rules.currency);
export const CountryCode = (): MemberDecorator => Value(rules.countryCode);
export const Carrier = (): MemberDecorator => Value(rules.carrier);
export const TrackingNumber = (): MemberDecorator => Value(rules.trackingNumber);
/** Number or decimal text of any sign, at most 4 decimals. */
export const Magnitude = (): MemberDecorator => Value(rules.magnitude);
export const SignedAmount = (): MemberDecorator => Value(rules.signedAmount);
