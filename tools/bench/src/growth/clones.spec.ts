import { mongo } from 'mongoose';
import { cloneOf } from './clones';

const from = ['a1d0', 'B1000007'];
const to = ['b2e1', 'B1100042'];
const at = new Date('2026-01-10T08:00:00Z');

describe('a clone', () => {
  it('has other names wherever they stand, and all else as it was', () => {
    const made = {
      _id: 'a1d0',
      seq: 3,
      at,
      keys: ['dhl#B1000007'],
      state: { details: '{"number":"B1000007","of":"a1d0"}', note: null },
    };
    expect(cloneOf(made, from, to)).toEqual({
      _id: 'b2e1',
      seq: 3,
      at,
      keys: ['dhl#B1100042'],
      state: { details: '{"number":"B1100042","of":"b2e1"}', note: null },
    });
    expect(made._id).toBe('a1d0');
  });

  it('has other names in its bytes, which are otherwise the same bytes', () => {
    const fact = Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from('{"id":"a1d0","city":"Köln"}')]);
    const { value } = cloneOf({ value: new mongo.Binary(fact) }, from, to);
    expect(value).toBeInstanceOf(mongo.Binary);
    expect(Buffer.from(value.value())).toEqual(
      Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from('{"id":"b2e1","city":"Köln"}')]),
    );
  });
});
