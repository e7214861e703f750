import { type InputRecord, type Origin, originHeader } from '@waybill/messaging';
import { captureExamples, differing, type Example, messagesOf } from './example-capture';

const record = (id: string, data: object, detour?: Origin['detour']): InputRecord => ({
  topic: 'shipments.commands',
  partition: 0,
  offset: 0,
  timestampMs: 0,
  key: null,
  value: Buffer.from(JSON.stringify({ id, data })),
  headers: detour ? { [originHeader]: JSON.stringify({ origin: { detour } }) } : {},
});

const example = (id: string, data: object): Example => ({
  name: 'scan',
  summary: 'a scan',
  payload: JSON.parse(JSON.stringify({ id, data })),
});

describe('an example', () => {
  it.each<[string, InputRecord[], object]>([
    ['the message of its id', [record('m-1', { n: 1 }), record('m-2', { n: 2 })], { n: 2 }],
    ['no copy that was re-keyed', [record('m-2', { n: 1 }, 'rekeyed'), record('m-2', { n: 2 })], { n: 2 }],
    ['no copy that waited', [record('m-2', { n: 2 }), record('m-2', { n: 1 }, 'late')], { n: 2 }],
    ['the command of a reaction', [record('m-2', { n: 2 }, 'reaction')], { n: 2 }],
    ['the first of several', [record('m-2', { n: 2 }), record('m-2', { n: 3 })], { n: 2 }],
    ['what it was, where nobody sent it', [record('m-2', { n: 1 }, 'rekeyed')], { n: 0 }],
  ])('becomes %s', (_, records, data) => {
    const captured = captureExamples([example('m-2', { n: 0 })], messagesOf(records));
    expect(captured).toEqual([example('m-2', data)]);
  });

  it.each([
    ['equal', { a: 1, b: 2 }, []],
    ['another', { a: 1, b: 3 }, ['m-1']],
    ['one with its members in another order', { b: 2, a: 1 }, ['m-1']],
  ])('is compared with its message: %s', (_, data, stale) => {
    const messages = messagesOf([record('m-1', { a: 1, b: 2 })]);
    expect(differing([example('m-1', data)], messages)).toEqual(stale);
  });

  it('is stale when nobody sent it', () => {
    expect(differing([example('m-1', {})], new Map())).toEqual(['m-1']);
  });
});
