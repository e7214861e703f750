import { type Attributes, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { MessageIds, MessageResult, Publisher, ReadPlace, Tracing } from '@waybill/messaging';
import { contextOf, fail, kafka, traceparentOf } from './spans';
import { TracedPublisher } from './traced-publisher';

/**
 * A consumer span for each message, below the span of whoever sent it. Names of attributes are those of OpenTelemetry's
 * conventions for messaging (1.45) and three of our own; of a message they show type and ids, never its key or data.
 */
export class MessageSpans implements Tracing {
  private readonly open = new WeakMap<ReadPlace, Span>();

  constructor(private readonly tracer: Tracer) {}

  begin(place: ReadPlace, message: MessageIds): string {
    const span = this.tracer.startSpan(
      `process ${place.topic}`,
      { kind: SpanKind.CONSUMER, attributes: attributesOf(place, message) },
      contextOf(message.traceparent),
    );
    if (span.isRecording()) this.open.set(place, span);
    return traceparentOf(span.spanContext());
  }

  result(place: ReadPlace, { outcome, key, aggregateId }: MessageResult): void {
    const span = this.open.get(place);
    if (!span) return;
    span.setAttribute('waybill.outcome', outcome);
    if (key !== undefined) span.setAttribute('waybill.outcome.key', key);
    if (aggregateId !== undefined) span.setAttribute('waybill.aggregate.id', aggregateId);
    if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(places: readonly ReadPlace[], error?: unknown): void {
    for (const place of places) {
      const span = this.open.get(place);
      if (!span) continue;
      if (error !== undefined) fail(span, error);
      span.end();
      this.open.delete(place);
    }
  }

  publisher(publisher: Publisher): Publisher {
    return new TracedPublisher(publisher, this.tracer);
  }
}

function attributesOf({ topic, partition, offset }: ReadPlace, message: MessageIds): Attributes {
  const { type, id, correlationId } = message;
  return {
    ...kafka,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': topic,
    'messaging.destination.partition.id': String(partition),
    'kafka.offset': offset,
    'messaging.message.id': id,
    ...(correlationId === undefined ? {} : { 'messaging.message.conversation_id': correlationId }),
    'cloudevents.event_type': type,
  };
}
