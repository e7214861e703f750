// usage: node tools/deploy/schema-faults.mjs < OBJECTS
// Kubernetes objects as a JSON list on standard input; on standard output what is wrong with them by the OpenAPI schemas
// of Kubernetes and of Prometheus's operator, as a JSON list of texts. A program, since the packages with the schemas
// cannot be loaded by Jest.
import { json } from 'node:stream/consumers';

const kubernetes = 'kubernetes-models/_schemas/IoK8sApi';
// the package hands out only classes, which check less
const operator = new URL(
  '_schemas/ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoring',
  import.meta.resolve('@kubernetes-models/prometheus-operator'),
).href;
const schemas = {
  'apps/v1 Deployment': `${kubernetes}AppsV1Deployment`,
  'batch/v1 Job': `${kubernetes}BatchV1Job`,
  'monitoring.coreos.com/v1 PodMonitor': `${operator}V1PodMonitor.js`,
  'monitoring.coreos.com/v1 PrometheusRule': `${operator}V1PrometheusRule.js`,
  'networking.k8s.io/v1 NetworkPolicy': `${kubernetes}NetworkingV1NetworkPolicy`,
  'policy/v1 PodDisruptionBudget': `${kubernetes}PolicyV1PodDisruptionBudget`,
  'v1 ConfigMap': `${kubernetes}CoreV1ConfigMap`,
  'v1 Service': `${kubernetes}CoreV1Service`,
  'v1 ServiceAccount': `${kubernetes}CoreV1ServiceAccount`,
};

const faults = [];
for (const object of await json(process.stdin)) faults.push(...(await faultsOf(object)));
process.stdout.write(JSON.stringify(faults));

async function faultsOf(object) {
  const kind = `${object.apiVersion} ${object.kind}`;
  const name = `${kind} ${object.metadata?.name}`;
  if (!schemas[kind]) return [`${name}: no schema is known for it`];
  const { validate } = await import(schemas[kind]);
  const seen = new Map();
  if (!validate(watched(object, seen)))
    return validate.errors.map(({ instancePath, keyword }) => `${name}: ${instancePath} fails ${keyword}`);
  return unread(object, seen).map((path) => `${name}: ${path} is not known`);
}

// The schemas let unknown members pass, but their checks look at every member that they know, and at no other one.
function watched(value, seen) {
  const read = seen.get(value) ?? new Set();
  seen.set(value, read);
  return new Proxy(value, {
    get(target, name) {
      const member = target[name];
      read.add(name);
      return typeof member === 'object' && member !== null ? watched(member, seen) : member;
    },
  });
}

function unread(value, seen, path = '') {
  return Object.entries(value).flatMap(([name, member]) => {
    const place = `${path}/${name}`;
    if (!seen.get(value)?.has(name)) return [place];
    return typeof member === 'object' && member !== null ? unread(member, seen, place) : [];
  });
}
