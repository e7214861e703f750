import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP has it in JSON. */
export interface SentSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, string | number>>;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<SentSpan, 'attributes'> & {
        readonly attributes: readonly Attribute[];
      })[];
    }[];
  }[];
}

/** Takes what services send by OTLP over HTTP as JSON, and keeps it. */
export class TraceCollector {
  readonly spans: SentSpan[] = [];
  /** Everything that was sent, as it was sent. */
  text = '';
  private readonly news = new EventEmitter();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<TraceCollector> {
    const server = createServer((request, response) => {
      void collector.take(request).then((status) => response.writeHead(status).end('{}'));
    });
    const collector = new TraceCollector(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return collector;
  }

  /** What a service needs in its environment to send here. */
  get env(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    };
  }

  /** The first span that matches. */
  async until(matches: (span: SentSpan) => boolean): Promise<SentSpan> {
    for (;;) {
      const found = this.spans.find(matches);
      if (found) return found;
      await once(this.news, 'spans');
    }
  }

  /** The span and those above it, from the lowest up to the one right below `top`. */
  async lineUpTo(top: string, { parentSpanId, ...span }: SentSpan): Promise<SentSpan[]> {
    if (parentSpanId === undefined) throw new Error(`${span.name} is not below ${top}`);
    const own = { ...span, parentSpanId };
    if (parentSpanId === top) return [own];
    return [own, ...(await this.lineUpTo(top, await this.until(({ spanId }) => spanId === parentSpanId)))];
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async take(request: IncomingMessage): Promise<number> {
    if (request.url !== '/v1/traces') return 404;
    const text = Buffer.concat(await request.toArray()).toString();
    this.text += text;
    for (const { resource, scopeSpans } of (JSON.parse(text) as Export).resourceSpans) {
      const service = String(asObject(resource.attributes)['service.name']);
      for (const { attributes, ...span } of scopeSpans.flatMap(({ spans }) => spans))
        this.spans.push({ ...span, service, attributes: asObject(attributes) });
    }
    this.news.emit('spans');
    return 200;
  }
}

const asObject = (attributes: readonly Attribute[]): SentSpan['attributes'] =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? Number(intValue)]),
  );
