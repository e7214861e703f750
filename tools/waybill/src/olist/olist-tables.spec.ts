import { join } from 'node:path';
import { joinOrders } from './olist-order';
import { parseTable, readOlistTables, type Row } from './olist-tables';

const sample = join(__dirname, '../../sample');
const row = (values: Row): Row => ({
  order_id: 'a',
  customer_id: 'c',
  order_status: 'delivered',
  order_purchase_timestamp: '2025-09-01 07:07:50',
  order_approved_at: '',
  order_delivered_carrier_date: '',
  order_delivered_customer_date: '',
  order_estimated_delivery_date: '',
  ...values,
});
const customer = {
  customer_id: 'c',
  customer_unique_id: 'p',
  customer_zip_code_prefix: '1310',
  customer_city: 'x',
  customer_state: 'SP',
};
const item = { order_id: 'a', product_id: 'mug', price: '1', freight_value: '2' };
const joined = (order: Row) => joinOrders({ orders: [order], items: [item], customers: [customer] });

describe('the tables of the sample', () => {
  it('join completely', () => {
    const orders = joinOrders(readOlistTables(sample));
    expect(orders).toHaveLength(62);
    expect(orders.every(({ items }) => items.length > 0)).toBe(true);
  });

  it('are cut by order, with all items of those that stay', () => {
    const [first, ...others] = joinOrders(readOlistTables(sample, 1));
    expect(first).toMatchObject({ orderId: 'R-1001', purchasedAt: '2025-09-01T07:07:50Z' });
    expect(first?.items).toHaveLength(3);
    expect(others).toEqual([]);
  });
});

describe('a table', () => {
  it('keeps every value as the text that stands there', () => {
    const text = 'order_id,product_id,price,freight_value\n007,"mug, blue",9.90,0\n';
    expect(parseTable(text, 'order_items.csv')).toEqual([
      { order_id: '007', product_id: 'mug, blue', price: '9.90', freight_value: '0' },
    ]);
  });

  it('without a column that is needed names the column', () => {
    expect(() => parseTable('order_id,price\na,1\n', 'order_items.csv')).toThrow(
      'order_items.csv has no column product_id, freight_value',
    );
  });

  it('that is no CSV says why', () => {
    expect(() => parseTable('order_id\n"a\n', 'orders.csv')).toThrow(/orders\.csv cannot be read as CSV/);
  });

  it('that is not there says what is wanted', () => {
    expect(() => readOlistTables('/nowhere')).toThrow(/wanted a folder with orders\.csv/);
  });
});

describe('an order', () => {
  it('with a time in another form names order, column and value', () => {
    expect(() => joined(row({ order_purchase_timestamp: '01.09.2025' }))).toThrow(
      'order a: order_purchase_timestamp is "01.09.2025"',
    );
  });

  it('without a purchase time is refused', () => {
    expect(() => joined(row({ order_purchase_timestamp: '' }))).toThrow('has no order_purchase_timestamp');
  });

  it('without items is refused', () => {
    expect(() => joined(row({ order_id: 'b' }))).toThrow('order b has no row in order_items.csv');
  });
});
