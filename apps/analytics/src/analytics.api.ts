import type { ApiDescription } from '@waybill/service';

const open = { type: 'object', additionalProperties: true } as const;

export const analyticsApi: ApiDescription = {
  title: 'Waybill analytics',
  description: 'Figures of a shop, computed from facts alone. They follow the facts within seconds.',
  schemas: {
    ReportRow: {
      ...open,
      description:
        'One row per bucket and group (and currency, campaign and method where the report has them), with the ' +
        'measures of the report. An average is { average, sum, count }, a share { share, count, of }.',
      required: ['bucket', 'group'],
      properties: {
        bucket: { type: ['string', 'null'], format: 'date', description: 'first day; null for `total`' },
        group: { type: ['string', 'null'], description: 'value of `group_by`; null without it' },
        currency: { type: 'string' },
      },
    },
  },
};
