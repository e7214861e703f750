import type { ClaimEvent } from './claim.events';
import type { Claim, LivingClaim } from './claim.state';

/** The claim after the event. An event that cannot follow on the state is broken history and throws. */
export function evolve(state: Claim | null, event: ClaimEvent): Claim {
  const { at } = event;
  switch (event.type) {
    case 'ClaimCreated': {
      const { origin, status, resolutionPreference } = event;
      if (state) throw new Error(`claim ${state.claimId} was created twice`);
      return { ...origin, status, resolutionPreference, createdAt: at, updatedAt: at, deletedAt: null };
    }
    case 'ClaimUpdated': {
      const { status, resolutionPreference } = event;
      return { ...living(state), status, resolutionPreference, updatedAt: at };
    }
    case 'ClaimDeleted':
      return { ...living(state), updatedAt: at, deletedAt: at };
  }
}

function living(state: Claim | null): LivingClaim {
  if (!state) throw new Error('an event of a claim that was never created');
  if (state.deletedAt !== null) throw new Error(`an event of the deleted claim ${state.claimId}`);
  return state;
}
