import { ClaimSnapshotDto, definitionsOf } from '@waybill/contracts';
import type { ApiDescription } from '@waybill/service';

const { ClaimSnapshot = {}, ...parts } = definitionsOf(ClaimSnapshotDto, {
  closed: false,
  describeSeparate: true,
  extend: () => ({}),
  pointer: '#/components/schemas/',
});

export const claimsApi: ApiDescription = {
  title: 'Waybill claims',
  description: 'Reads of claims. Claims change by commands on Kafka alone.',
  schemas: { Claim: ClaimSnapshot, ...parts },
};
