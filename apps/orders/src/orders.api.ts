import { definitionsOf, OrderSnapshotDto } from '@waybill/contracts';
import type { ApiDescription } from '@waybill/service';

const schemas = definitionsOf(OrderSnapshotDto, {
  closed: false,
  describeSeparate: true,
  extend: () => ({}),
  pointer: '#/components/schemas/',
});

export const ordersApi: ApiDescription = {
  title: 'Waybill orders',
  description: 'Reads of orders. Orders change by commands on Kafka alone.',
  schemas,
};
