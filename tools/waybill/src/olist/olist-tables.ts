import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { CommandFailure } from '../failure';

export type Row = Readonly<Record<string, string>>;

/** The files of a folder in the layout of the Olist data set, row by row, every value as the text that stands there. */
export interface OlistTables {
  readonly orders: readonly Row[];
  readonly items: readonly Row[];
  readonly customers: readonly Row[];
}

const columns = {
  'orders.csv': [
    'order_id',
    'customer_id',
    'order_status',
    'order_purchase_timestamp',
    'order_approved_at',
    'order_delivered_carrier_date',
    'order_delivered_customer_date',
    'order_estimated_delivery_date',
  ],
  'order_items.csv': ['order_id', 'product_id', 'price', 'freight_value'],
  'customers.csv': [
    'customer_id',
    'customer_unique_id',
    'customer_zip_code_prefix',
    'customer_city',
    'customer_state',
  ],
} as const;

/** Reads the three files that orders are made from. `limit` takes the first orders only, with all of their rows. */
export function readOlistTables(folder: string, limit = Infinity): OlistTables {
  const read = (file: keyof typeof columns) => parseTable(textOf(join(folder, file)), file);
  const orders = read('orders.csv').slice(0, limit);
  if (orders.length === 0) throw new CommandFailure(`${join(folder, 'orders.csv')} has no orders`);
  return { orders, items: read('order_items.csv'), customers: read('customers.csv') };
}

/** The rows of one file. Fails when a column that is needed is missing. */
export function parseTable(text: string, file: keyof typeof columns): readonly Row[] {
  let rows: Row[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read as CSV: ${(error as Error).message}`);
  }
  const missing = columns[file].filter((column) => rows[0] && !(column in rows[0]));
  if (missing.length > 0) throw new CommandFailure(`${file} has no column ${missing.join(', ')}`);
  return rows;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandFailure(
      `${path} cannot be read: wanted a folder with orders.csv, order_items.csv and customers.csv`,
    );
  }
}
