import { startOrders, untilSettled } from '@waybill/testing';
import { Kafka, logLevel } from 'kafkajs';
import { orderLoad } from './order-load.spec-data';
import { Playing } from './playing.spec-data';
import { readRecords } from '../../../../libs/aggregates/src/record-reader';

test('x', async () => {
  const orders = await startOrders({ env: { KAFKA_SESSION_TIMEOUT_MS: '3000' } });
  const { client } = orders;
  await new Playing(client.kafka, orderLoad(3, 500)).done;
  await untilSettled(client);
  const kafka = new Kafka({ brokers: [...orders.stack.brokers], logLevel: logLevel.INFO, logCreator: () => ({ namespace, log }) => process.stderr.write(`${namespace} ${JSON.stringify(log)}\n`) });
  const ends = await client.admin.fetchTopicOffsets('orders.commands');
  const t0 = Date.now();
  for (let k = 0; k < 4; k++) {
    const found = await readRecords(kafka, client.admin, 'orders.commands', ends.filter(e => Number(e.high) > 0).map(({ partition, high }) => ({ partition, offset: k === 3 ? 0 : Math.max(0, Number(high) - 1 - k * 5) })), 10_000).catch(String);
    process.stderr.write(`${Date.now() - t0} ${typeof found === 'string' ? found : found.length}\n`);
  }
  await orders.service.kill();
  await orders.end();
}, 120_000);
