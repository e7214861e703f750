/** The attributes of a CloudEvents 1.0 event that Waybill uses, and its data. `time` is as it was sent. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly sequence?: number;
  readonly time?: string;
  readonly correlationid?: string;
  readonly causationid?: string;
  readonly traceparent?: string;
  readonly data: unknown;
}

/** Headers of a record whose value is a structured envelope. */
export const structuredHeaders = { 'content-type': 'application/cloudevents+json; charset=UTF-8' } as const;

/** One event as structured JSON text; members always in the same order, so equal events are equal bytes. */
export function encodeEnvelope(envelope: Envelope): string {
  const { id, type, source, subject, sequence, time, correlationid, causationid, traceparent, data } =
    envelope;
  return JSON.stringify({
    specversion: '1.0',
    id,
    type,
    source,
    subject,
    sequence,
    time,
    correlationid,
    causationid,
    traceparent,
    data,
  });
}
