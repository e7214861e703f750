import type { Reaction } from '../reactions';
import { targetOf } from './sample-aggregate';

export const reactionGroup = 'reactions';

/** `appended` on a… becomes a `note` on n…; with an echo, what n… noted becomes an `echo` on a… */
export const reactions = (hasEcho: boolean): readonly Reaction[] => [
  {
    on: 'samples.appended.v1',
    faultsOf: () => [],
    react: ({ aggregateId }) => {
      const isNote = aggregateId.startsWith('n');
      if (isNote && !hasEcho) return [];
      const number = aggregateId.slice(1);
      const [type, target] = isNote ? ['echo', `a${number}`] : ['note', `n${number}`];
      return [{ type: `samples.${type}.v1`, target: targetOf(target), data: { shop_slug: 's' } }];
    },
  },
];
