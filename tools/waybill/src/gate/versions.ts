const versionOf = /^(.+)\.v(\d+)$/;

/** Whether `a` is a later version of the message that `b` is a version of. */
export function isNewerThan(a: string, b: string): boolean {
  const [, nameA, versionA] = versionOf.exec(a) ?? [];
  const [, nameB, versionB] = versionOf.exec(b) ?? [];
  return nameA !== undefined && nameA === nameB && Number(versionA) > Number(versionB);
}
