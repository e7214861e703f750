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
const command = { source: 'shop-sync', id: 'm-1', type: 'orders.cancel-order.v1', value: '{"id":"10001"}' };
const signed = signer.headers(handedOn, command);
const asBuffers = Object.fromEntries(Object.entries(signed).map(([name, text]) => [name, Buffer.from(text)]));

it('reads back what it signed', () => {
  expect(signer.read(asBuffers, { ...command, value: Buffer.from(command.value) })).toEqual({
    kind: 'genuine',
    handedOn,
  });
  expect(signer.read({}, command)).toEqual({ kind: 'none' });
});

it.each<[string, Parameters<OriginSigner['read']>]>([
  ['of another command', [signed, { ...command, id: 'm-2' }]],
  ['of another source', [signed, { ...command, source: 'shop' }]],
  ['of another type', [signed, { ...command, type: 'orders.update-order.v1' }]],
  ['of another content', [signed, { ...command, value: '{"id":"10002"}' }]],
  ['whose parts were shifted', [signed, { ...command, source: 'shop-syncm', id: '-1' }]],
  [
    'that was changed',
    [{ ...signed, 'waybill-origin': signed['waybill-origin']?.replace('41', '42') }, command],
  ],
  [
    'with a cut signature',
    [{ ...signed, 'waybill-signature': signed['waybill-signature']?.slice(0, -4) }, command],
  ],
  ['without a signature', [{ 'waybill-origin': signed['waybill-origin'] }, command]],
  ['that is only a signature', [{ 'waybill-signature': signed['waybill-signature'] }, command]],
  ['given twice', [{ ...signed, 'waybill-origin': [signed['waybill-origin'] ?? '', 'x'] }, command]],
  ['that is nonsense', [{ 'waybill-origin': '{}', 'waybill-signature': 'x' }, command]],
])('calls an origin %s forged', (_what, [headers, about]) => {
  expect(signer.read(headers, about)).toEqual({ kind: 'forged' });
});

it('calls what another key signed forged, and takes no short key', () => {
  const other = new OriginSigner('another signing key of the same length');
  expect(other.read(signed, command)).toEqual({ kind: 'forged' });
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
