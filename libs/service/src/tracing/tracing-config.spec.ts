import {
  ConfigurationError,
  type EnvironmentVariables,
  readConfiguration,
} from '../configuration/configuration';
import { tracingConfig } from './tracing-config';

const read = (variables: EnvironmentVariables) => readConfiguration(variables, tracingConfig);
const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';

it.each([
  {},
  { OTEL_TRACES_SAMPLER: 'always_on' },
  { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' },
])('traces nothing by %j', (variables) => {
  expect(read(variables)).toBeUndefined();
});

it.each([
  { OTEL_EXPORTER_OTLP_ENDPOINT },
  { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' },
])('traces everything by %j', (variables) => {
  expect(read(variables)).toEqual({ protocol: 'http/protobuf', sampler: 'parentbased_always_on', ratio: 1 });
});

it('takes protocol, sampler and ratio', () => {
  expect(
    read({
      OTEL_EXPORTER_OTLP_ENDPOINT,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
    }),
  ).toEqual({ protocol: 'http/json', sampler: 'parentbased_traceidratio', ratio: 0.05 });
});

it.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be the address/],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /^OTEL_EXPORTER_OTLP_PROTOCOL must be one of http.protobuf, /],
  [
    { OTEL_TRACES_SAMPLER: 'jaeger_remote' },
    /^OTEL_TRACES_SAMPLER must be one of always_on, .* got "jaeger_/,
  ],
  [{ OTEL_TRACES_SAMPLER_ARG: '5' }, /^OTEL_TRACES_SAMPLER_ARG must be a ratio from 0 to 1, .* got "5"$/],
])('does not start with %j', (variables, problem) => {
  expect(() => read(variables)).toThrow(ConfigurationError);
  expect(() => read(variables)).toThrow(problem);
});
