import { createPrivateKey, X509Certificate } from 'node:crypto';
import { selfSigned } from './certificate.mjs';

// the length of a signature differs, and with it where lines end
it('makes certificates that can be read, whatever their length', () => {
  const lengths = new Set<number>();
  for (let made = 0; made < 100; made++) {
    const { key, certificate } = selfSigned();
    const read = new X509Certificate(certificate);
    lengths.add(read.raw.length);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.ca).toBe(true);
  }
  expect(lengths.size).toBeGreaterThan(1);
});
