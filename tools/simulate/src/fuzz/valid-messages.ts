import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message of the platform as it was captured in a topic. */
export type ValidMessage = Record<string, unknown> & {
  readonly type: string;
  readonly subject?: string;
};

/** The examples of the documentation: every type of message has some. */
export function validMessages(root: string): readonly ValidMessage[] {
  const folder = join(root, 'docs/examples');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { payload: ValidMessage }[])
    .map(({ payload }) => payload);
}
