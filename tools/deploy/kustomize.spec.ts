import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildKustomization, type Manifest } from './kustomize';
import { schemaFaults } from './schema-faults.spec-data';

const root = resolve(__dirname, '../..');
const podOf = (workload: Manifest): Manifest => workload['spec'].template.spec;
const files = mkdtempSync(join(tmpdir(), 'waybill-kustomize-'));
afterAll(() => rmSync(files, { recursive: true }));

describe('the checks of deploy', () => {
  const [deployment = {}] = buildKustomization(join(root, 'deploy/overlays/staging')).filter(
    ({ kind }) => kind === 'Deployment',
  );
  const change = (edit: (pod: Manifest) => void): Manifest => {
    const copy = structuredClone(deployment);
    edit(podOf(copy));
    return copy;
  };

  it.each([
    [
      'a misspelt member',
      change((pod) => Object.assign(pod['containers'][0], { livenesProbe: {} })),
      'livenesProbe is not known',
    ],
    [
      'a wrong type',
      change((pod) => Object.assign(pod, { terminationGracePeriodSeconds: 'long' })),
      'terminationGracePeriodSeconds fails',
    ],
    ['what is missing', change((pod) => delete pod['containers'][0].name), 'fails required'],
    ['an unknown kind', { apiVersion: 'v1', kind: 'Sevice', metadata: { name: 'a' } }, 'no schema is known'],
  ])('see %s', (_, object, fault) => {
    expect(schemaFaults([object]).join()).toContain(fault);
  });

  const planted = (text: string): string => {
    const folder = mkdtempSync(join(files, 'planted-'));
    writeFileSync(join(folder, 'kustomization.yaml'), text);
    writeFileSync(join(folder, 'one.yaml'), 'apiVersion: v1\nkind: Service\nmetadata: { name: one }\n');
    return folder;
  };
  it.each([
    ['a file that is not there', 'resources: [two.yaml]', 'two.yaml'],
    [
      'an image that nobody runs',
      'resources: [one.yaml]\nimages: [{ name: a, newName: a, newTag: b }]',
      'nobody runs the image a',
    ],
    [
      'a patch of nothing',
      'resources: [one.yaml]\npatches: [{ path: one.yaml, target: { kind: Job } }]',
      'there is no Job',
    ],
    [
      'replicas of nothing',
      'resources: [one.yaml]\nreplicas: [{ name: one, count: 2 }]',
      'there are 0 of Deployment one',
    ],
    [
      'a field that they do not understand',
      'resources: [one.yaml]\nnamePrefix: a',
      'namePrefix is not understood',
    ],
  ])('see %s', (_, kustomization, problem) => {
    expect(() => buildKustomization(planted(kustomization))).toThrow(problem);
  });
});
