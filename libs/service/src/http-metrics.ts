import { Injectable } from '@nestjs/common';
import { Histogram, Registry } from 'prom-client';

/** What was asked over HTTP, by the route's pattern: an address may name a customer. */
@Injectable()
export class HttpMetrics {
  private readonly seconds: Histogram;

  constructor(registry: Registry) {
    this.seconds = new Histogram({
      name: 'waybill_http_request_duration_seconds',
      help: 'Time from a request to its answer; route is empty where there is none',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    });
  }

  answered(request: { method: string; route: string | null; status: number; ms: number }): void {
    const { method, route, status, ms } = request;
    this.seconds.observe({ method, route: route ?? '', status }, ms / 1000);
  }
}
