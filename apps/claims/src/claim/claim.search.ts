import { Paging, QueryFlag, QueryOneOf, QueryUuid } from '@waybill/service';
import {
  type ClaimReason,
  claimReasons,
  type ClaimStatus,
  claimStatuses,
  type ResolutionPreference,
  resolutionPreferences,
} from '@waybill/contracts';

/** What claims can be searched by. All that is given must hold. */
export class ClaimSearch extends Paging {
  @QueryUuid('the order id')
  readonly order_id?: string;

  @QueryUuid('the shipment id')
  readonly shipment_id?: string;

  @QueryOneOf(claimReasons, 'what is wrong')
  readonly reason?: ClaimReason;

  @QueryOneOf(claimStatuses, 'the status')
  readonly status?: ClaimStatus;

  @QueryOneOf(resolutionPreferences, 'what the customer would like')
  readonly resolution_preference?: ResolutionPreference;

  @QueryFlag('whether deleted claims are shown too')
  readonly include_deleted: boolean = false;
}
