import type { Environment } from '../configuration/configuration';
import { matching, oneOf } from '../configuration/variables';

const protocols = ['http/protobuf', 'http/json'] as const;
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** How traces are sent and which; the collector's address, headers and time limits the exporter reads itself. */
export interface TracingConfig {
  readonly protocol: (typeof protocols)[number];
  readonly sampler: (typeof samplers)[number];
  /** Of 0 to 1, for the samplers by ratio. */
  readonly ratio: number;
}

const collector = {
  parse: matching(/^https?:\/\/\S+$/),
  wants: 'the address of a collector that starts with http:// or https://',
  default: '',
};

/**
 * The variables of OpenTelemetry's specification; undefined where no collector is named, or OTEL_SDK_DISABLED is true:
 * OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL [http/protobuf],
 * OTEL_TRACES_SAMPLER [parentbased_always_on], OTEL_TRACES_SAMPLER_ARG [1].
 */
export function tracingConfig(from: Environment): TracingConfig | undefined {
  const addresses = [
    from.value('OTEL_EXPORTER_OTLP_ENDPOINT', collector),
    from.value('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', collector),
  ];
  const isOff = from.value('OTEL_SDK_DISABLED', {
    parse: oneOf('true', 'false'),
    wants: 'true or false',
    default: 'false',
  });
  const config: TracingConfig = {
    protocol: from.value('OTEL_EXPORTER_OTLP_PROTOCOL', {
      parse: oneOf(...protocols),
      wants: `one of ${protocols.join(', ')}`,
      default: 'http/protobuf',
    }),
    sampler: from.value('OTEL_TRACES_SAMPLER', {
      parse: oneOf(...samplers),
      wants: `one of ${samplers.join(', ')}`,
      default: 'parentbased_always_on',
    }),
    ratio: from.value('OTEL_TRACES_SAMPLER_ARG', {
      parse: (text) => (/^(?:0?\.\d{1,9}|0|1(?:\.0{1,9})?)$/.test(text) ? Number(text) : undefined),
      wants: 'a ratio from 0 to 1, such as 0.1',
      default: 1,
    }),
  };
  return isOff === 'true' || addresses.every((address) => address === '') ? undefined : config;
}
