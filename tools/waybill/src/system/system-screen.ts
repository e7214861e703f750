import { join, relative } from 'node:path';
import { columns } from '../screen/columns';
import { defaultDataDir } from '../connection';
import { requireState } from './waybill-system';

/** Where everything is, and what to do next. */
export function systemAddresses(dataDir: string): string[] {
  const { brokers, mongoUri, services } = requireState(dataDir);
  const option = dataDir === defaultDataDir() ? '' : ` --data-dir ${dataDir}`;
  const rows = [
    ['Kafka', brokers],
    ['MongoDB', mongoUri],
    ...services.map(({ name, port }) => [name, `http://127.0.0.1:${port}/docs`]),
    ['logs', join(shown(dataDir), 'logs')],
  ];
  const separator = option === '' ? '' : ' --';
  return [
    ...columns([{ title: '' }, { title: '' }], rows).slice(1),
    '',
    'Try next:',
    `  npm run waybill -- replay --data tools/waybill/sample${option}`,
    `  npm run waybill -- order show demo-shop/R-1001${option}`,
    `  npm run waybill -- shipment show demo-shop/R-1001/1${option}`,
    `  npm run waybill -- dead-letters list${option}`,
    `  npm run waybill -- lag${option}`,
    `  npm run down${separator}${option}`,
  ];
}

function shown(dataDir: string): string {
  const path = relative(process.cwd(), dataDir);
  return path.startsWith('..') ? dataDir : path;
}
