import { type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import { type OutgoingMessage, type Publisher, traceparentIn } from '@waybill/messaging';
import { contextOf, fail, kafka } from './spans';

/**
 * A producer span for what is published to one topic on behalf of one message. A fact says what span made it, and its
 * bytes are kept until it is published, so this span hangs beside the readers of the fact, not above them. What is
 * published again after a crash shows as one more of these.
 */
export class TracedPublisher implements Publisher {
  constructor(
    private readonly publisher: Publisher,
    private readonly tracer: Tracer,
  ) {}

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const spans = this.spansOf(messages);
    try {
      await this.publisher.publish(messages);
    } catch (error) {
      for (const span of spans) fail(span, error);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  }

  reply(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.publisher.reply(messages);
  }

  private spansOf(messages: readonly OutgoingMessage[]): Span[] {
    const groups = Map.groupBy(messages, ({ topic, value }) => `${topic} ${traceparentIn(value) ?? ''}`);
    return [...groups].flatMap(([group, own]) => {
      const [topic = '', traceparent = ''] = group.split(' ');
      return traceparent === '' ? [] : [this.start(topic, traceparent, own.length)];
    });
  }

  private start(topic: string, traceparent: string, count: number): Span {
    const attributes = {
      ...kafka,
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.destination.name': topic,
      'messaging.batch.message_count': count,
    };
    return this.tracer.startSpan(
      `send ${topic}`,
      { kind: SpanKind.PRODUCER, attributes },
      contextOf(traceparent),
    );
  }
}
