import type { Random } from '@waybill/aggregates/simulated';
import type { InputRecord } from '@waybill/messaging';
import { mutateBytes, randomBytes } from './mutate-bytes';
import { mutateJson } from './mutate-json';
import type { ValidMessage } from './valid-messages';

type Headers = Record<string, Buffer | string | (Buffer | string)[]>;

/** A record as nobody should send it: noise, or a valid message with something wrong, in its value, key or headers. */
export function hostileRecord(random: Random, messages: readonly ValidMessage[]): InputRecord {
  const message = random.pick(messages);
  const isBinary = random.chance(0.2);
  const headers = headersOf(random, isBinary ? attributesOf(message) : {});
  return {
    topic: 'orders.commands',
    partition: 0,
    offset: random.below(1000),
    timestampMs: Date.parse('2026-01-10T08:00:01Z'),
    key: random.chance(0.1) ? null : keyOf(random, message),
    value: random.chance(0.005) ? null : valueOf(random, message, messages, isBinary),
    headers,
  };
}

function keyOf(random: Random, { subject }: ValidMessage): Buffer {
  if (random.chance(0.01)) return Buffer.alloc(20 * 1024, 'k');
  return random.chance(0.1) ? randomBytes(random, 40) : Buffer.from(subject ?? '');
}

function valueOf(
  random: Random,
  message: ValidMessage,
  donors: readonly ValidMessage[],
  isBinary: boolean,
): Buffer {
  if (random.chance(0.05)) return randomBytes(random, 300);
  const copy = structuredClone(message);
  let value: unknown = isBinary ? copy['data'] : copy;
  if (random.chance(0.85))
    for (let changes = 1 + random.below(3); changes > 0; changes--) value = mutateJson(value, random, donors);
  const text = Buffer.from(JSON.stringify(value ?? null));
  return random.chance(0.15) ? mutateBytes(text, random) : text;
}

const attributesOf = (message: ValidMessage): Headers =>
  Object.fromEntries(
    Object.entries(message).flatMap(([name, value]) =>
      name === 'data' ? [] : [[`ce_${name}`, String(value)] as const],
    ),
  );

const oddHeaders: readonly string[] = [
  'content-type',
  'kafka_replyTopic',
  'kafka_correlationId',
  'kafka_replyPartition',
  'waybill-origin',
  'waybill-signature',
  'waybill-dl-id',
  'ce_specversion',
  'ce_type',
  'ce_data_base64',
  '__proto__',
  'constructor',
  'toString',
];
const oddTexts: readonly string[] = [
  '',
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents+json; charset=UTF-8',
  'application/cloudevents+avro',
  'orders.commands.reply',
  'somebody.reply',
  'orders.commands',
  '../../x.reply',
  '-1',
  '99999999999',
  '1.0',
  '{"origin":{"detour":"late","stream":"x/orders.commands@1/0/late","offset":1,"item":0,"n":1},"time":"x"}',
  '{"__proto__":{"polluted":1}}',
];

function headersOf(random: Random, given: Headers): Headers {
  // as kafkajs makes them; one named __proto__ must stay a header
  const headers: Headers = { ...given };
  const put = (name: string, value: Headers[string]) =>
    Object.defineProperty(headers, name, { value, enumerable: true, configurable: true, writable: true });
  if (random.chance(0.5)) {
    put('kafka_replyTopic', 'somebody.reply');
    put('kafka_correlationId', 'c-1');
  }
  for (let count = random.below(random.chance(0.02) ? 100 : 3); count > 0; count--) {
    const text = random.chance(0.3)
      ? randomBytes(random, random.chance(0.01) ? 40_000 : 60)
      : random.pick(oddTexts);
    const name = random.chance(0.2) ? `x-${random.below(1000)}` : random.pick(oddHeaders);
    put(name, random.chance(0.1) ? [text, Buffer.from(random.pick(oddTexts))] : text);
  }
  return headers;
}
