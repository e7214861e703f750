import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/**
 * A key and a certificate of this machine that signs itself, as PEM: for servers of tests that speak TLS. Good for a day.
 * Node makes keys but no certificates, so it is put together here (RFC 5280).
 *
 * @returns {{ key: string, certificate: string }}
 */
export function selfSigned() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serial = randomBytes(8);
  serial[0] = 0x40 | (serial[0] & 0x3f);
  const now = Date.now();
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(time(now - dayMs), time(now + dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(mayBeTrusted, addresses)),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.of(0), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certificate: pem('CERTIFICATE', certificate),
  };
}

function pem(label, der) {
  const lines = der.toString('base64').match(/.{1,64}/g);
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

const dayMs = 24 * 60 * 60 * 1000;

function tagged(tag, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(body), body]);
}

// the shortest form, which some readers insist on
function lengthOf({ length }) {
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}

function sequence(...parts) {
  return tagged(0x30, ...parts);
}

function integer(bytes) {
  return tagged(0x02, bytes);
}

function identifier(hex) {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function time(ms) {
  return tagged(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}

const yes = Buffer.of(0x01, 0x01, 0xff);
const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const name = sequence(tagged(0x31, sequence(identifier('550403'), tagged(0x0c, Buffer.from('localhost')))));
const mayBeTrusted = sequence(identifier('551d13'), yes, tagged(0x04, sequence(yes)));
const addresses = sequence(
  identifier('551d11'),
  tagged(0x04, sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.of(127, 0, 0, 1)))),
);
