import type { Issue } from '@waybill/decider';
import { reportedIssues } from './limits';

export interface ShapeRefusal {
  readonly key: 'validation_error' | 'zip_code_invalid' | 'carrier_reference_invalid';
  readonly message: string;
  readonly errors: readonly Issue[];
}

const keysOfMembers = {
  zip_code: { key: 'zip_code_invalid', message: 'the zip code is not valid' },
  carrier_reference: { key: 'carrier_reference_invalid', message: 'the carrier is not valid' },
} as const;

/** How a message that is not valid is refused. A zip code or a carrier that is the only faulty field has a key of its own. */
export function refusalOf(errors: readonly Issue[]): ShapeRefusal {
  const [only] = errors;
  if (only && errors.length === 1) {
    const member = only.loc.at(-1);
    const own = member === 'zip_code' || member === 'carrier_reference' ? keysOfMembers[member] : undefined;
    if (own && only.type !== 'whitelist') return { ...own, errors };
    return { key: 'validation_error', message: '1 field is not valid', errors };
  }
  const count = errors.length >= reportedIssues ? `${errors.length} or more` : String(errors.length);
  return { key: 'validation_error', message: `${count} fields are not valid`, errors };
}
