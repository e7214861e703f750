import type { Planted } from './planted.spec-data';

export const plantedProjections: readonly Planted[] = [
  {
    what: 'a copy that is behind',
    column: 'lost',
    says: /claims know the order o-1 as of 1, and there is 2/,
    plant: ({ evidence }) => {
      evidence.copies = {
        ...evidence.copies,
        orders: evidence.copies.orders.map((copy) => ({ ...copy, sequence: 1 })),
      };
    },
  },
  {
    what: 'a copy that says something else',
    column: 'wrong',
    says: /claims know the order o-1 with another currency/,
    plant: ({ evidence }) => {
      evidence.copies = {
        ...evidence.copies,
        orders: evidence.copies.orders.map((copy) => ({
          ...copy,
          known: { ...copy.known, currency: 'USD' },
        })),
      };
    },
  },
  {
    what: 'a copy of nothing',
    column: 'wrong',
    says: /claims have a copy of p-9, which is no shipment/,
    plant: ({ evidence }) => {
      evidence.copies = {
        ...evidence.copies,
        shipments: [...evidence.copies.shipments, { id: 'p-9', sequence: 1, known: {} }],
      };
    },
  },
  {
    what: 'a figure that is off by one',
    column: 'wrong',
    says: /analytics#1 answers claims of demo-shop by \{\} with .*"claims":2.*, and a recount says .*"claims":1/,
    plant: ({ evidence }) => {
      evidence.reports = evidence.reports.map((one) => ({
        ...one,
        rows: one.rows.map((row) => ({ ...row, claims: 2 })),
      }));
    },
  },
  {
    what: 'a row that is missing',
    column: 'wrong',
    says: /analytics#1 answers claims of demo-shop by \{\} with null/,
    plant: ({ evidence }) => {
      evidence.reports = evidence.reports.map((one) => ({ ...one, rows: [] }));
    },
  },
  {
    what: 'a row too many',
    column: 'wrong',
    says: /and a recount says null/,
    plant: ({ evidence }) => {
      evidence.reports = evidence.reports.map((one) => ({
        ...one,
        rows: [...one.rows, { bucket: 'z', group: 'z', claims: 1 }],
      }));
    },
  },
  {
    what: 'a record that nobody has worked off',
    column: 'lost',
    says: /still waiting when all should have settled: 3 in orders.commands/,
    plant: ({ evidence }) => {
      evidence.pending.push('3 in orders.commands for orders');
    },
  },
];
