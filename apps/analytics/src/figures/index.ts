export * from './cell';
export { claimsSubject, type KeptClaims } from './claims.subject';
export { toCsv } from './csv';
export { deltas } from './deltas';
export { orderSubject, type KeptOrder } from './order.subject';
export * from './report-query';
export { cellsWanted, isInRange } from './report-ranges';
export { rowsOf, type CellSum, type ReportRow } from './report-rows';
export type { Subject } from './subject';
