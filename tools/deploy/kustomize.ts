import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** A Kubernetes object, or a part of one. */
// the checks look into all kinds of objects
// oxlint-disable-next-line typescript/no-explicit-any
export type Manifest = Record<string, any>;

interface Kustomization {
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly labels?: readonly { readonly pairs: Record<string, string>; readonly includeTemplates?: true }[];
  readonly images?: readonly { readonly name: string; readonly newName: string; readonly newTag: string }[];
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  readonly configMapGenerator?: readonly {
    readonly name: string;
    readonly behavior?: 'merge';
    readonly literals: readonly string[];
  }[];
  readonly patches?: readonly { readonly path: string; readonly target: { readonly kind: string } }[];
}

const known = new Set([
  'apiVersion',
  'kind',
  'namespace',
  'resources',
  'labels',
  'images',
  'replicas',
  'configMapGenerator',
  'patches',
]);

/**
 * What `kustomize build` makes of a folder, as far as `deploy/` uses it; a field beyond that is an error, and so is a
 * file, an image, an object or a target that is not there. Generated names get no hash.
 */
export function buildKustomization(folder: string): Manifest[] {
  const file = resolve(folder, 'kustomization.yaml');
  const kustomization = parse(readFileSync(file, 'utf8')) as Kustomization;
  const unknown = Object.keys(kustomization).filter((field) => !known.has(field));
  if (unknown.length > 0) throw new Error(`${file}: ${unknown.join(', ')} is not understood here`);
  const objects = kustomization.resources.flatMap((path) => load(resolve(folder, path)));
  for (const { name, behavior, literals } of kustomization.configMapGenerator ?? []) {
    const data = Object.fromEntries(literals.map((literal) => literal.split(/=(.*)/s).slice(0, 2)));
    if (behavior === 'merge') Object.assign(only(objects, 'ConfigMap', name)['data'], data);
    else objects.push({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  }
  for (const { path, target } of kustomization.patches ?? []) {
    const [patch = {}] = load(resolve(folder, path));
    const targets = objects.filter(({ kind }) => kind === target.kind);
    if (targets.length === 0) throw new Error(`${path}: there is no ${target.kind}`);
    const { spec } = patch;
    for (const object of targets) object['spec'] = merged(object['spec'], spec);
  }
  for (const { pairs, includeTemplates } of kustomization.labels ?? [])
    for (const { metadata, spec } of objects) {
      metadata.labels = { ...metadata.labels, ...pairs };
      if (includeTemplates && spec?.template) Object.assign(spec.template.metadata.labels, pairs);
    }
  for (const { name, newName, newTag } of kustomization.images ?? []) {
    const used = containersOf(objects).filter(({ image }) => image === name);
    if (used.length === 0) throw new Error(`${file}: nobody runs the image ${name}`);
    for (const container of used) container['image'] = `${newName}:${newTag}`;
  }
  for (const { name, count } of kustomization.replicas ?? [])
    only(objects, 'Deployment', name)['spec'].replicas = count;
  const { namespace } = kustomization;
  if (namespace !== undefined) for (const { metadata } of objects) metadata.namespace = namespace;
  return objects;
}

/** All containers of Deployments and Jobs. */
export const containersOf = (objects: readonly Manifest[]): Manifest[] =>
  objects.flatMap(({ spec }) => (spec?.template?.spec?.containers ?? []) as Manifest[]);

/** The one object of a kind and name. */
export function only(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const found = objects.filter((object) => object['kind'] === kind && object['metadata'].name === name);
  if (found.length !== 1 || !found[0]) throw new Error(`there are ${found.length} of ${kind} ${name}`);
  return found[0];
}

function load(path: string): Manifest[] {
  if (!path.endsWith('.yaml')) return buildKustomization(path);
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${dirname(path)}: ${document.errors.join()}`);
    return document.toJS() as Manifest;
  });
}

const mergeKeys = ['name', 'mountPath', 'containerPort'];

/** A strategic merge: objects member by member, entries of a list by what names them, anything else is replaced. */
function merged(base: unknown, patch: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(patch)) {
    const key = mergeKeys.find((one) => patch.every((entry) => (entry as Manifest)?.[one] !== undefined));
    if (key === undefined) return patch;
    const fresh = (patch as Manifest[]).filter((entry) => !base.some((own) => own[key] === entry[key]));
    const kept = (base as Manifest[]).map((own) =>
      merged(own, patch.find((entry) => entry[key] === own[key]) ?? {}),
    );
    return [...kept, ...fresh];
  }
  if (!isObject(base) || !isObject(patch)) return structuredClone(patch);
  const members = Object.entries(patch).map(([name, value]) => [name, merged(base[name], value)]);
  return { ...base, ...Object.fromEntries(members) };
}

const isObject = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
