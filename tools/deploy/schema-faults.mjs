// usage: node tools/deploy/schema-faults.mjs < OBJECTS
// Kubernetes objects as a JSON list on standard input; on standard output what is wrong with them by the OpenAPI schemas
// of Kubernetes, as a JSON list of texts. A program, since the package with the schemas cannot be loaded by Jest.
import { json } from 'node:stream/consumers';

const schemas = {
  'apps/v1 Deployment': 'IoK8sApiAppsV1Deployment',
  'batch/v1 Job': 'IoK8sApiBatchV1Job',
  'networking.k8s.io/v1 NetworkPolicy': 'IoK8sApiNetworkingV1NetworkPolicy',
  'policy/v1 PodDisruptionBudget': 'IoK8sApiPolicyV1PodDisruptionBudget',
  'v1 ConfigMap': 'IoK8sApiCoreV1ConfigMap',
  'v1 Service': 'IoK8sApiCoreV1Service',
  'v1 ServiceAccount': 'IoK8sApiCoreV1ServiceAccount',
};

const faults = [];
for (const object of await json(process.stdin)) faults.push(...(await faultsOf(object)));
process.stdout.write(JSON.stringify(faults));

async function faultsOf(object) {
  const kind = `${object.apiVersion} ${object.kind}`;
  const name = `${kind} ${object.metadata?.name}`;
  if (!schemas[kind]) return [`${name}: no schema is known for it`];
  const { validate } = await import(`kubernetes-models/_schemas/${schemas[kind]}`);
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
