import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService } from './create-service';
import { errorKeys } from './error-body';
import { thingApi, ThingModule } from './thing.fixture';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await createService(ThingModule.forSpec(), thingApi);
  await app.init();
});
afterAll(() => app.close());

const get = (url: string) => app.inject({ url });
const things = '/v1/shops/demo-shop/things';

describe('a request', () => {
  it('reaches the handler with its defaults filled in', async () => {
    expect((await get(things)).json()).toEqual({ page: 1, per_page: 30 });
  });

  it('has its members converted', async () => {
    const { body } = await get(
      `${things}?page=2&per_page=100&name=%20a%20&colour=red&since=2026-01-10T09:00:00%2B01:00`,
    );
    expect(JSON.parse(body)).toEqual({
      page: 2,
      per_page: 100,
      name: 'a',
      colour: 'red',
      since: '2026-01-10T08:00:00.000Z',
    });
  });

  it.each([
    ['per_page=101', 'per_page', 'must be a whole number from 1 to 100', 'max'],
    ['per_page=0', 'per_page', 'must be a whole number from 1 to 100', 'min'],
    ['page=1.5', 'page', 'must be a whole number of at least 1', 'isInt'],
    ['page=', 'page', 'must be a whole number of at least 1', 'isInt'],
    ['page=1&page=2', 'page', 'must be a whole number of at least 1', 'isInt'],
    ['name=abcdef', 'name', 'must be 1 to 5 characters', 'isLength'],
    ['name=a&name=b', 'name', 'must be given once', 'isString'],
    ['colour=green', 'colour', 'must be one of red, blue', 'isIn'],
    [
      'since=yesterday',
      'since',
      'must be an ISO 8601 time with an offset, such as 2026-01-10T08:00:00Z',
      'isTime',
    ],
    ['nmae=a', 'nmae', 'is not a known member', 'whitelist'],
    ['name[$ne]=a', 'name[$ne]', 'is not a known member', 'whitelist'],
  ])('with %s is refused', async (query, field, msg, type) => {
    const response = await get(`${things}?${query}`);
    expect(response.statusCode).toBe(422);
    expect(response.json()).toEqual({
      errors: [{ loc: ['query', field], field, msg, type }],
      key: 'validation_error',
      message: '1 field is not valid',
      type: 'invalid_request_error',
    });
  });

  it('names every faulty field once', async () => {
    const { errors, message } = (await get(`${things}?page=x&colour=green&nope=1`)).json();
    expect(errors.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'colour',
      'nope',
      'page',
    ]);
    expect(message).toBe('3 fields are not valid');
  });

  it('with a faulty path says so', async () => {
    const response = await get('/v1/shops/-shop/things/not-a-uuid');
    expect(response.statusCode).toBe(422);
    expect(response.json().errors.map(({ loc }: { loc: string[] }) => loc)).toEqual(
      expect.arrayContaining([
        ['path', 'slug'],
        ['path', 'thing_id'],
      ]),
    );
  });

  it('has the ids of its path in lower case', async () => {
    const id = '6309fdd3-4292-5fdd-9cec-b983e7f75d43';
    expect((await get(`${things}/${id.toUpperCase()}`)).json()).toEqual({ slug: 'demo-shop', thing_id: id });
  });
});

describe('a body', () => {
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: things, payload, headers: { 'content-type': type } });

  it.each([
    ['that is no JSON', '{', 'application/json', 400, 'malformed_request'],
    ['that is empty', '', 'application/json', 400, 'malformed_request'],
    ['of another type', '<a/>', 'application/xml', 400, 'malformed_request'],
    [
      'above 900 KiB',
      JSON.stringify({ size: 'x'.repeat(900 * 1024) }),
      'application/json',
      413,
      'payload_too_large',
    ],
    ['with a wrong member', '{"size":"big"}', 'application/json', 422, 'validation_error'],
    ['with an unknown member', '{"size":1,"sise":2}', 'application/json', 422, 'validation_error'],
    ['that is a list', '[]', 'application/json', 422, 'validation_error'],
  ])('%s is answered with its key', async (_what, payload, type, status, key) => {
    const response = await post(payload, type);
    expect(response.json()).toMatchObject({ key, type: 'invalid_request_error' });
    expect(response.statusCode).toBe(status);
  });

  it('just below 900 KiB is read', async () => {
    const payload = JSON.stringify({ size: 1, pad: '' });
    const response = await post(payload.replace('""', `"${'x'.repeat(900 * 1024 - payload.length)}"`));
    expect(response.json()).toMatchObject({ errors: [{ loc: ['body', 'pad'], type: 'whitelist' }] });
  });
});

describe('what is thrown', () => {
  it.each([
    ['refusal', 409, 'order_cancelled', 'the order is cancelled', 'invalid_request_error'],
    ['unknownKey', 500, 'no_such_key', 'nobody knows this key', 'api_error'],
    ['nest', 404, 'route_not_found', 'there is nothing under this method and path', 'invalid_request_error'],
    ['bug', 500, 'internal_error', 'something went wrong on our side', 'api_error'],
    ['text', 500, 'internal_error', 'something went wrong on our side', 'api_error'],
    [
      'database',
      503,
      'service_unavailable',
      'the service cannot reach what it needs, try again later',
      'api_error',
    ],
  ])('%s is answered with %i', async (what, status, key, message, type) => {
    const response = await get(`/v1/shops/demo-shop/throws/${what}`);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toEqual({ errors: [], key, message, type });
  });

  it.each(['/nowhere', '/v1/shops', '/%E0%A4%A', '/v1/shops/demo-shop/things/%00'])(
    'for %s has the error body too',
    async (url) => {
      const response = await get(url);
      expect(response.statusCode).toBeLessThan(500);
      expect(Object.keys(response.json())).toEqual(['errors', 'key', 'message', 'type']);
    },
  );
});

it('is measured by the pattern of its route, never by its address', async () => {
  await get(`${things}?name=alex`);
  await get('/of/alex');
  const { body } = await get('/metrics');
  const counts = body.split('\n').filter((line) => line.includes('request_duration_seconds_count'));
  expect(counts).toContainEqual(
    expect.stringMatching(/method="GET",route="\/v1\/shops\/:slug\/things",status="200".*\} \d+$/),
  );
  expect(counts).toContainEqual(expect.stringMatching(/method="GET",route="",status="404"/));
  expect(body).not.toMatch(/demo-shop|alex/);
});

it('has no error key twice', () => {
  const keys = Object.values(errorKeys).flat();
  expect(new Set(keys).size).toBe(keys.length);
});
