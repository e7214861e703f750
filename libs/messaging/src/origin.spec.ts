import { type HandedOn, OriginSigner } from './origin';
import {
  baseStream,
  lateStream,
  originalStream,
  partitionOfStream,
  reactionStream,
  rekeyedStream,
} from './streams';

const signer = new OriginSigner('a signing key of thirty-two characters');
const base = baseStream('vPeOCWypqUOSepEvx0cbog', 'orders.commands', 1, 3);
const handedOn: HandedOn = {
  origin: { detour: 'rekeyed', stream: rekeyedStream(base), offset: 41, item: 2, n: 0 },
  target: { aggregateId: '6309fdd3-4292-5fdd-9cec-b983e7f75d43', key: 'demo-shop/10001' },
  time: '2026-01-10T08:00:00.000Z',
  items: 3,
};
const signed = signer.headers(handedOn, 'shop-sync', 'm-1');
const asBuffers = Object.fromEntries(Object.entries(signed).map(([name, text]) => [name, Buffer.from(text)]));

it('reads back what it signed', () => {
  expect(signer.read(asBuffers, 'shop-sync', 'm-1')).toEqual({ kind: 'genuine', handedOn });
  expect(signer.read({}, 'shop-sync', 'm-1')).toEqual({ kind: 'none' });
});

it.each<[string, Parameters<OriginSigner['read']>]>([
  ['of another command', [signed, 'shop-sync', 'm-2']],
  ['of another source', [signed, 'shop', 'm-1']],
  ['whose parts were shifted', [signed, 'shop-syncm', '-1']],
  [
    'that was changed',
    [{ ...signed, 'waybill-origin': signed['waybill-origin']?.replace('41', '42') }, 'shop-sync', 'm-1'],
  ],
  [
    'with a cut signature',
    [{ ...signed, 'waybill-signature': signed['waybill-signature']?.slice(0, -4) }, 'shop-sync', 'm-1'],
  ],
  ['without a signature', [{ 'waybill-origin': signed['waybill-origin'] }, 'shop-sync', 'm-1']],
  ['that is only a signature', [{ 'waybill-signature': signed['waybill-signature'] }, 'shop-sync', 'm-1']],
  [
    'given twice',
    [{ ...signed, 'waybill-origin': [signed['waybill-origin'] ?? '', 'x'] }, 'shop-sync', 'm-1'],
  ],
  ['that is nonsense', [{ 'waybill-origin': '{}', 'waybill-signature': 'x' }, 'shop-sync', 'm-1']],
])('calls an origin %s forged', (_what, [headers, source, id]) => {
  expect(signer.read(headers, source, id)).toEqual({ kind: 'forged' });
});

it('calls what another key signed forged, and takes no short key', () => {
  const other = new OriginSigner('another signing key of the same length');
  expect(other.read(signed, 'shop-sync', 'm-1')).toEqual({ kind: 'forged' });
  expect(() => new OriginSigner('short')).toThrow('at least 32');
});

it('names streams so that their partition can be found again', () => {
  expect(base).toBe('vPeOCWypqUOSepEvx0cbog/orders.commands@1/3');
  for (const stream of [base, rekeyedStream(base), lateStream(base)]) {
    expect(originalStream(stream)).toBe(base);
    expect(partitionOfStream(stream)).toEqual({ topic: 'orders.commands', partition: 3 });
  }
  expect(partitionOfStream(reactionStream('orders.reactions', '292727cf'))).toBeUndefined();
});
