import { HttpMetrics, ServiceMetrics } from '@waybill/service';
import { FeedWitness } from '../../apps/analytics/src/projection/feed-witness';
import type { Exported } from './promql';

/** Every metric that some service exports, read from what the services register. */
export function exportedMetrics(): Exported {
  const metrics = new ServiceMetrics('orders');
  void new HttpMetrics(metrics.registry);
  void new FeedWitness(metrics, undefined as never, () => undefined);
  const exported: [string, { isCounter: boolean; labels: ReadonlySet<string> }][] = [];
  for (const { name, type, labelNames } of registered(metrics)) {
    const labels = new Set([...labelNames, 'service']);
    if (type !== 'histogram') exported.push([name, { isCounter: type === 'counter', labels }]);
    else
      for (const part of ['sum', 'count', 'bucket'])
        exported.push([
          `${name}_${part}`,
          { isCounter: true, labels: new Set([...labels, ...(part === 'bucket' ? ['le'] : [])]) },
        ]);
  }
  return new Map(exported);
}

interface Registered {
  readonly name: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

// what prom-client keeps of a metric is more than its types tell
const registered = ({ registry }: ServiceMetrics): readonly Registered[] =>
  registry.getMetricsAsArray() as unknown as readonly Registered[];
