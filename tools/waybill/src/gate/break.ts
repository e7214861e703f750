/** Something that would not work any more. */
export interface Break {
  /** Who: services, or in words somebody outside. */
  readonly parties: readonly string[];
  /** Full types of messages, or a topic. */
  readonly about: readonly string[];
  /** The member that it is about, if it is about one. */
  readonly member: string;
  /** The sentence before the member and what it is about. */
  readonly does: string;
  /** The sentence after it. */
  readonly but: string;
  /** What would make it safe. */
  readonly remedy: string;
}

/** Breaks that differ only in the type of the message, as one. */
export function together(breaks: readonly Break[]): Break[] {
  const alike = Map.groupBy(breaks, (one) => JSON.stringify({ ...one, about: [] }));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, about: [...new Set(group.flatMap(({ about }) => about))] }] : [];
  });
}

/** Two lines for a user: what breaks, and what would make it safe. */
export function breakLines({ about, member, does, but, remedy }: Break): string[] {
  const [first = '', ...more] = about;
  const where = more.length === 0 ? first : `${first} and ${more.length} more`;
  const what = member === '' ? where : `${member} in ${where}`;
  return [`${does} ${what}, ${but}`, `  to make it safe: ${remedy}`];
}
