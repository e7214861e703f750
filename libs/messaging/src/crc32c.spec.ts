import fc from 'fast-check';
import { crc32c } from './crc32c';

const ofKafkajs = require('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number;

describe('crc32c', () => {
  it('gives the check value of the polynomial', () => {
    expect(crc32c(Buffer.from('123456789'), 0, 9)).toBe(0xe3_06_92_83);
    expect(crc32c(Buffer.alloc(0), 0, 0)).toBe(0);
  });

  it('gives what kafkajs computes, of any part of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), fc.nat(20), (bytes, before, after) => {
        const part = Buffer.from(bytes);
        const whole = Buffer.concat([Buffer.alloc(before, 1), part, Buffer.alloc(after, 2)]);
        expect(crc32c(whole, before, before + part.length)).toBe(ofKafkajs(part));
      }),
    );
  });
});
