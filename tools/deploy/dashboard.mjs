// usage: node tools/deploy/dashboard.mjs > deploy/observability/dashboard.json; npm run format
// The dashboard for Grafana 10 and later.

/** @typedef {{ title: string, unit?: string, queries: [expr: string, legend: string][], about?: string }} Panel */

/** Metrics of the services that were chosen. @param {string} metric @param {string} [more] further matchers */
const of = (metric, more = '') => `${metric}{service=~"$service"${more}}`;
const rate = (metric, more) => `rate(${of(metric, more)}[$__rate_interval])`;
const sum = (by, what) => `sum by (${by}) (${what})`;
const max = (by, what) => `max by (${by}) (${what})`;
const p95 = (by, metric) => `histogram_quantile(0.95, ${sum(`le, ${by}`, rate(`${metric}_bucket`))})`;

/** @type {Record<string, Panel[]>} */
const rows = {
  Commands: [
    {
      title: 'Commands by outcome',
      unit: 'ops',
      queries: [[sum('service, outcome', rate('waybill_command_outcomes_total')), '{{service}} {{outcome}}']],
    },
    {
      title: 'Refused and ignored, by reason',
      unit: 'ops',
      queries: [
        [
          sum('type, key', rate('waybill_command_outcomes_total', ',outcome=~"refused|ignored"')),
          '{{type}} {{key}}',
        ],
      ],
    },
    {
      title: 'Time of a batch, 95th percentile',
      unit: 's',
      queries: [[p95('topic', 'waybill_batch_duration_seconds'), '{{topic}}']],
    },
    {
      title: 'Commands of a batch, 95th percentile',
      queries: [[p95('topic', 'waybill_batch_records'), '{{topic}}']],
    },
  ],
  Consumers: [
    {
      title: 'Records that wait',
      queries: [[sum('service, topic', of('waybill_consumer_lag_messages')), '{{service}} {{topic}}']],
    },
    {
      title: 'Age of the oldest that waits',
      unit: 's',
      queries: [[max('service, topic', of('waybill_consumer_lag_seconds')), '{{service}} {{topic}}']],
    },
    {
      title: 'Partitions that are tried again',
      about: 'Kafka or MongoDB is away, or a document is of a newer release.',
      queries: [[max('service', of('waybill_partitions_backing_off')), '{{service}}']],
    },
    {
      title: 'Partitions that are held',
      about: 'They stand still until somebody acts: a fact is missing.',
      queries: [[max('service', of('waybill_partitions_held')), '{{service}}']],
    },
  ],
  'Kept and set aside': [
    {
      title: 'Kept scans',
      queries: [[max('service', of('waybill_kept_commands')), '{{service}}']],
    },
    {
      title: 'Age of the oldest kept scan',
      unit: 's',
      queries: [[max('service', of('waybill_kept_oldest_seconds')), '{{service}}']],
    },
    {
      title: 'Dead letters',
      unit: 'ops',
      queries: [
        [sum('service, kind, key', rate('waybill_dead_letters_total')), '{{service}} {{kind}} {{key}}'],
      ],
    },
    {
      title: 'Replies that had nowhere to go',
      unit: 'ops',
      queries: [
        [sum('service, reason', rate('waybill_replies_undeliverable_total')), '{{service}} {{reason}}'],
      ],
    },
  ],
  'Facts and reactions': [
    {
      title: 'Facts',
      unit: 'ops',
      queries: [
        [sum('topic', rate('waybill_messages_published_total', ',topic=~".*[.]events"')), '{{topic}}'],
      ],
    },
    {
      title: 'Commands of reactions and detours',
      about:
        'What a service has sent to itself: commands that its reactions made of facts, and those that it handed on.',
      unit: 'ops',
      queries: [
        [sum('topic', rate('waybill_messages_published_total', ',topic=~".*[.]commands"')), '{{topic}}'],
      ],
    },
    {
      title: 'Commands that wait for their reference',
      unit: 'ops',
      queries: [
        [sum('topic', rate('waybill_messages_published_total', ',topic=~".*[.]retry[.].*"')), '{{topic}}'],
      ],
    },
    {
      title: 'Alarms',
      about: 'Records of event topics that cannot be: gaps in a sequence, and what cannot be read.',
      queries: [
        [sum('service, topic, kind', of('waybill_facts_alarms_total')), '{{service}} {{topic}} {{kind}}'],
      ],
    },
  ],
  Projections: [
    {
      title: 'Facts that are not counted yet',
      queries: [[sum('topic', 'waybill_consumer_lag_messages{service="analytics"}'), '{{topic}}']],
    },
    {
      title: 'How old the figures are',
      unit: 's',
      queries: [[max('topic', 'waybill_consumer_lag_seconds{service="analytics"}'), '{{topic}}']],
    },
    {
      title: 'Facts that are missing for good',
      queries: [[sum('topic', 'waybill_facts_missing_total'), '{{topic}}']],
    },
  ],
  HTTP: [
    {
      title: 'Requests',
      unit: 'reqps',
      queries: [
        [
          sum('service, route, status', rate('waybill_http_request_duration_seconds_count')),
          '{{service}} {{route}} {{status}}',
        ],
      ],
    },
    {
      title: 'Time to the answer, 95th percentile',
      unit: 's',
      queries: [[p95('service, route', 'waybill_http_request_duration_seconds'), '{{service}} {{route}}']],
    },
  ],
  Process: [
    {
      title: 'CPU',
      unit: 'percentunit',
      queries: [[rate('process_cpu_seconds_total'), '{{service}} {{instance}}']],
    },
    {
      title: 'Memory',
      unit: 'bytes',
      queries: [[of('process_resident_memory_bytes'), '{{service}} {{instance}}']],
    },
    {
      title: 'Event loop lag, 99th percentile',
      unit: 's',
      queries: [[of('nodejs_eventloop_lag_p99_seconds'), '{{service}} {{instance}}']],
    },
    {
      title: 'Time since the start',
      unit: 's',
      queries: [[`time() - ${of('process_start_time_seconds')}`, '{{service}} {{instance}}']],
    },
  ],
};

const columns = 24;
const height = 8;
const datasource = { type: 'prometheus', uid: '${datasource}' };

function panelsOf() {
  const panels = [];
  let y = 0;
  for (const [title, own] of Object.entries(rows)) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: columns, h: 1 },
    });
    const w = columns / own.length;
    for (const [i, panel] of own.entries())
      panels.push(timeSeries(panels.length + 1, panel, { x: i * w, y: y + 1, w, h: height }));
    y += 1 + height;
  }
  return panels;
}

/** @param {Panel} panel */
const timeSeries = (id, { title, unit = 'short', queries, about }, gridPos) => ({
  id,
  type: 'timeseries',
  title,
  ...(about ? { description: about } : {}),
  datasource,
  gridPos,
  fieldConfig: { defaults: { unit, min: 0, custom: { fillOpacity: 10 } }, overrides: [] },
  options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
  targets: queries.map(([expr, legendFormat], i) => ({
    refId: String.fromCodePoint(65 + i),
    datasource,
    expr,
    legendFormat,
  })),
});

const dashboard = {
  uid: 'waybill',
  title: 'Waybill',
  tags: ['waybill'],
  schemaVersion: 39,
  version: 1,
  editable: true,
  timezone: 'browser',
  refresh: '30s',
  time: { from: 'now-3h', to: 'now' },
  templating: {
    list: [
      { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' },
      {
        name: 'service',
        type: 'query',
        label: 'Service',
        datasource,
        query: 'label_values(waybill_partitions_held, service)',
        refresh: 2,
        multi: true,
        includeAll: true,
        allValue: '.+',
        current: { text: 'All', value: '$__all' },
      },
    ],
  },
  panels: panelsOf(),
};

process.stdout.write(JSON.stringify(dashboard));
