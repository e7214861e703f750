import 'reflect-metadata';
import { Type } from 'class-transformer';
import { registerDecorator, ValidateIf, ValidateNested } from 'class-validator';
import { addWhole, memberEntry, membersOf, type Constructor, type Member } from './member-registry';
import * as rules from './rule';
import type { Rule } from './rule';

// class-validator knows rules of members only; one name per rule, or a subclass's rule would replace its parent's
const wholeMark = '@';

/** Whether class-validator keeps a rule of the whole object under this property. */
export const isWhole = (property: string): boolean => property.startsWith(wholeMark);

export type MemberDecorator = (target: object, name: string) => void;

function register(target: Function, name: string, rule: Rule, each = false): void {
  for (const { type, holds } of rule.checks) {
    registerDecorator({
      name: type,
      target,
      propertyName: name,
      options: { message: rule.msg, each },
      validator: { validate: (value, args) => holds(value, args?.object ?? {}) },
    });
  }
}

const isDefined: Rule = {
  msg: 'is required',
  checks: [{ type: 'isDefined', holds: (value) => value !== undefined }],
  schema: {},
};

/** A member with `rule`: the one way in which a value rule gets into class-validator and into the JSON Schema. */
const member =
  (rule: Rule, rest: Partial<Member> = {}): MemberDecorator =>
  ({ constructor: target }, name) => {
    register(target, name, isDefined);
    register(target, name, rule);
    if (rest.entries) register(target, name, rest.entries, true);
    Object.assign(memberEntry(target, name), rest, { rule });
  };

/** The member may be absent. It may not be null for that: see {@link OrNull}. */
export const Optional = (): MemberDecorator => (target, name) => {
  memberEntry(target.constructor, name).optional = true;
  ValidateIf((_, value) => value !== undefined)(target, name);
};

/** The member may be null. */
export const OrNull = (): MemberDecorator => (target, name) => {
  memberEntry(target.constructor, name).nullable = true;
  ValidateIf((_, value) => value !== null)(target, name);
};

/** An object of another contract class. */
export const Nested =
  (nested: () => Constructor): MemberDecorator =>
  (target, name) => {
    member(rules.object, { nested })(target, name);
    ValidateNested({ message: rules.object.msg })(target, name);
    Type(nested)(target, name);
  };

/** A list of objects of another contract class. */
export const ListOf =
  (nested: () => Constructor, min: number, max: number): MemberDecorator =>
  (target, name) => {
    member(rules.list(min, max), { nested, list: { min, max } })(target, name);
    ValidateNested({ message: rules.object.msg })(target, name);
    Type(nested)(target, name);
  };

/** A list whose entries are validated one by one later, so that a faulty one does not take the others down. */
export const ListOfSeparate = (nested: () => Constructor, min: number, max: number): MemberDecorator =>
  member(rules.list(min, max), { nested, list: { min, max }, entries: rules.object, separate: true });

/** A list of plain values. */
export const ListOfValues = (entries: Rule, min: number, max: number): MemberDecorator =>
  member(rules.list(min, max), { entries, list: { min, max } });

/** A rule that looks at the whole object. */
export const Whole =
  (rule: Rule) =>
  (target: Function): void => {
    addWhole(target, rule);
    for (const { type, holds } of rule.checks) {
      registerDecorator({
        name: type,
        target,
        propertyName: wholeMark + type,
        options: { message: rule.msg },
        validator: { validate: (_, args) => holds(args?.object, args?.object ?? {}) },
      });
    }
  };

/** Any member that the class has of its parent may be absent. */
export const AllOptional =
  () =>
  (target: Function): void => {
    for (const inherited of membersOf(target).values()) {
      Object.assign(memberEntry(target, inherited.name), inherited);
      Optional()(target.prototype as object, inherited.name);
    }
  };

/** A member that fits `rule`. */
export const Value = (rule: Rule): MemberDecorator => member(rule);
/** int(min..max). */
export const Int = (min: number, max: number): MemberDecorator => member(rules.int(min, max));
export const OneOf = (values: readonly string[]): MemberDecorator => member(rules.oneOf(values));
export const Bool = (): MemberDecorator => member(rules.boolean);
/** 0 … 9 999 999 999.9999 in major units, at most 4 decimals. */
export const Amount = (): MemberDecorator => member(rules.amount);
/** Grams, at most 3 decimals, at most 10 000 000. */
export const Grams = (): MemberDecorator => member(rules.grams);
/** A share from 0 to 1. */
export const Rate = (): MemberDecorator => member(rules.rate);
export const Url = (): MemberDecorator => member(rules.url);
export const Email = (): MemberDecorator => member(rules.email);
export const ShopSlug = (): MemberDecorator => member(rules.shopSlug);
export const ZipCode = (): MemberDecorator => member(rules.zipCode);
export const Analytics = (): MemberDecorator => member(rules.analyticsMap);
