import { ListOfValues, Value, type MemberDecorator } from './decorators';
import * as rules from './rule';

// Members of facts: one form per value. Lists that are data (currencies, countries, carriers) may grow within a
// version, so a reader checks only how they look.

const looksLike = (pattern: RegExp) => rules.matching(pattern, `must match ${pattern.source}`);

/** text(max), trimmed and not empty. */
export const Text = (max: number): MemberDecorator => Value(rules.keptText(max));
export const TextList = (max: number, entries: number): MemberDecorator =>
  ListOfValues(rules.keptText(max), 0, entries);
export const Uuid = (): MemberDecorator => Value(rules.keptUuid);
/** UTC with milliseconds. */
export const Time = (): MemberDecorator => Value(rules.keptTime);
/** An amount, rounded to the exponent of its currency. */
export const Amount = (): MemberDecorator => Value(rules.keptAmount);
export const Currency = (): MemberDecorator => Value(looksLike(/^[A-Z]{3}$/));
export const CountryCode = (): MemberDecorator => Value(looksLike(/^[A-Z]{2}$/));
export const Carrier = (): MemberDecorator => Value(looksLike(/^[a-z0-9_]{1,32}$/));
export const TrackingNumber = (): MemberDecorator => Value(rules.keptTrackingNumber);
