import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Environment,
  type EnvironmentVariables,
  kafkaConfig,
  readConfiguration,
  usualStopMs,
} from '@waybill/service';
import { analyticsConfig } from '../../apps/analytics/src/analytics.config';
import { claimsConfig } from '../../apps/claims/src/claims.config';
import { ordersConfig } from '../../apps/orders/src/orders.config';
import { shipmentsConfig } from '../../apps/shipments/src/shipments.config';
import { buildKustomization, containersOf, type Manifest, only } from './kustomize';
import { schemaFaults } from './schema-faults.spec-data';

const root = resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const apps = readdirSync(join(root, 'apps'));
const configs: Readonly<Record<string, (from: Environment) => unknown>> = {
  orders: ordersConfig,
  shipments: shipmentsConfig,
  claims: claimsConfig,
  analytics: analyticsConfig,
};

const workloadsOf = (objects: readonly Manifest[]) =>
  objects.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
const podOf = (workload: Manifest): Manifest => workload['spec'].template.spec;
const seconds = ({ exec }: Manifest): number => Number(exec.command.at(-1));

/** The variables of a container, those of its ConfigMaps too. */
function variablesOf(objects: readonly Manifest[], container: Manifest): Record<string, string> {
  const shared = (container['envFrom'] as Manifest[]).map(
    ({ configMapRef }) => only(objects, 'ConfigMap', configMapRef.name)['data'],
  );
  const own = (container['env'] as Manifest[]).map(({ name, value }) => [name, value]);
  return Object.assign({}, ...shared, Object.fromEntries(own));
}

const files = mkdtempSync(join(tmpdir(), 'waybill-deploy-'));
afterAll(() => rmSync(files, { recursive: true }));
const mounted = '/var/run/waybill';
const fileContents = {
  'signing-key': 'k'.repeat(32),
  'kafka-password': 'p',
  'mongodb-password': 'p',
  'kafka-ca.pem': '-----BEGIN CERTIFICATE-----',
  'mongodb-ca.pem': '-----BEGIN CERTIFICATE-----',
};
for (const [name, content] of Object.entries(fileContents)) writeFileSync(join(files, name), content);

/** With the files that a pod has mounted, and a note of what was asked for. */
function startedWith(variables: Record<string, string>, config: (from: Environment) => unknown) {
  const asked = new Set<string>();
  const env = new Proxy<EnvironmentVariables>(variables, {
    get: (_, name) => {
      asked.add(String(name));
      const value = variables[String(name)];
      return value?.startsWith(mounted) ? join(files, value.slice(value.lastIndexOf('/'))) : value;
    },
  });
  return { configuration: readConfiguration(env, config), asked };
}

describe.each(readdirSync(join(root, 'deploy/overlays')))('the environment %s', (environment) => {
  const objects = buildKustomization(join(root, 'deploy/overlays', environment));
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const containers = containersOf(objects);

  it('follows the schemas of Kubernetes, and names nothing that they do not know', () => {
    expect(schemaFaults(objects)).toEqual([]);
  });

  it.each(apps)('runs %s, with all that belongs to it', (app) => {
    const deployment = only(objects, 'Deployment', app);
    const labels = deployment['spec'].template.metadata.labels as object;
    expect(deployment['spec'].replicas).toBeGreaterThan(0);
    expect(labels).toMatchObject(deployment['spec'].selector.matchLabels as object);
    expect(labels).toMatchObject(only(objects, 'Service', app)['spec'].selector as object);
    expect(labels).toMatchObject(
      only(objects, 'PodDisruptionBudget', app)['spec'].selector.matchLabels as object,
    );
    expect(labels).toMatchObject(
      only(objects, 'NetworkPolicy', 'waybill')['spec'].podSelector.matchLabels as object,
    );
    expect(podOf(deployment)['serviceAccountName']).toBe(
      only(objects, 'ServiceAccount', app)['metadata'].name,
    );
  });

  it('lives in a namespace of its own, and has one object of each name', () => {
    const names = objects.map(({ kind, metadata }) => `${metadata.namespace} ${kind} ${metadata.name}`);
    expect(names.filter((name) => !name.startsWith(`waybill-${environment} `))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('runs images that have a version', () => {
    const images = containers.map(({ image }) => String(image));
    expect(images).toHaveLength(apps.length + 1);
    expect(images.filter((image) => !/^[\w./-]+:(?!latest$)[\w.-]+$/.test(image))).toEqual([]);
  });

  it.each(apps)(
    'gives %s a configuration that it starts with, and no variable that it does not read',
    (app) => {
      const [container = {}] = containersOf([only(objects, 'Deployment', app)]);
      const variables = variablesOf(objects, container);
      const { configuration, asked } = startedWith(variables, configs[app] ?? (() => undefined));
      expect(Object.keys(variables).filter((name) => !asked.has(name))).toEqual([]);
      expect(configuration).toMatchObject({
        kafka: { sasl: { mechanism: 'scram-sha-512', username: app } },
        mongo: { security: { auth: { username: app } } },
      });
      expect([container['name'], 'ssl' in (configuration as { kafka: object }).kafka]).toEqual([
        'service',
        environment !== 'development',
      ]);
    },
  );

  it('holds no secret: what is one comes from a file', () => {
    const variables = containers.flatMap((container) => Object.entries(variablesOf(objects, container)));
    const secret = /KEY|PASSWORD|SECRET|TOKEN/;
    const literal = variables.filter(
      ([name, value]) => secret.test(name) && !(name.endsWith('_FILE') && value.startsWith(mounted)),
    );
    expect(literal).toEqual([]);
    expect(variables.filter(([, value]) => /\/\/[^/]*@/.test(value))).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('mounts what it names: a file of its own Secret or of the authorities', () => {
    for (const workload of workloadsOf(objects)) {
      const pod = podOf(workload);
      const [container = {}] = pod['containers'] as Manifest[];
      const mounts = new Map(
        (container['volumeMounts'] as Manifest[]).map(({ mountPath, name }) => [mountPath, name]),
      );
      const volumes = (pod['volumes'] as Manifest[]).map(({ name }) => String(name));
      expect(new Set(volumes)).toEqual(new Set(mounts.values()));
      const named: string[] = [];
      const secrets = (pod['volumes'] as Manifest[]).find(({ name }) => name === 'secrets');
      expect(secrets?.['secret'].secretName).toBe(`${workload['metadata'].name}-secrets`);
      for (const value of Object.values(variablesOf(objects, container)))
        if (value.startsWith(mounted)) named.push(value.slice(0, value.lastIndexOf('/')));
      expect([...mounts.keys()]).toEqual(expect.arrayContaining(named));
    }
  });

  it('asks the probes that there are, on the port that the image listens on', () => {
    const served = [
      ...read('libs/service/src/probes.controller.ts').matchAll(/@Get\('(health\/\w+)'\)/g),
    ].map(([, path]) => `/${path}`);
    const port = Number(/PORT=(\d+)/.exec(read('Dockerfile'))?.[1]);
    for (const deployment of deployments) {
      const [container = {}] = containersOf([deployment]);
      const { startupProbe, livenessProbe, readinessProbe } = container;
      expect(served).toEqual(
        expect.arrayContaining([livenessProbe.httpGet.path, readinessProbe.httpGet.path]),
      );
      expect([livenessProbe, startupProbe, readinessProbe].map(({ httpGet }) => httpGet.port)).toEqual([
        'http',
        'http',
        'http',
      ]);
      expect(container['ports']).toEqual([{ name: 'http', containerPort: port }]);
      expect(only(objects, 'Service', deployment['metadata'].name)['spec'].ports[0].targetPort).toBe('http');
    }
  });

  it('lets a service drain before it is killed', () => {
    for (const deployment of deployments) {
      const [container = {}] = containersOf([deployment]);
      const preStop = seconds(container['lifecycle'].preStop as Manifest);
      expect(preStop).toBeGreaterThan(0);
      expect(podOf(deployment)['terminationGracePeriodSeconds']).toBeGreaterThan(
        preStop + usualStopMs / 1000,
      );
    }
  });

  it('gives nobody more rights than needed, and nobody all of a machine', () => {
    expect(workloadsOf(objects)).toHaveLength(apps.length + 1);
    for (const workload of workloadsOf(objects)) {
      const pod = podOf(workload);
      const [container = {}] = pod['containers'] as Manifest[];
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(container['securityContext']).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      const { requests, limits } = container['resources'] as Manifest;
      expect([requests, limits].map((amounts) => Object.keys(amounts as object))).toEqual([
        ['cpu', 'memory'],
        ['cpu', 'memory'],
      ]);
    }
  });

  it('makes the topics by the command line', () => {
    const job = only(objects, 'Job', 'topics');
    const [container = {}] = containersOf([job]);
    const { configuration } = startedWith(variablesOf(objects, container), kafkaConfig);
    expect(configuration).toMatchObject({ sasl: { username: 'provisioners' } });
    expect(String(container['image'])).toContain('waybill-cli');
    expect(container['command']).toEqual([
      'node',
      '--enable-source-maps',
      'program/main.js',
      'topics',
      'apply',
    ]);
    expect(read('Dockerfile')).toContain(
      'CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "program/main.js"]',
    );
  });
});
