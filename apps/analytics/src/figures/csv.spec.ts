import { ask, order, product, published } from './figures.samples.spec-data';
import { toCsv } from './csv';

const query = ask({ report: 'orders' });
const lines = (csv: string) => csv.split('\r\n');

describe('CSV', () => {
  it('has a column for each member and for each value of a breakdown', () => {
    const rows = published(query, [
      order({ total_order_price: 3, products: [product({ sku: 'A', price: 1.5, quantity: 2 })] }),
      order({ currency: 'JPY', products: [product({ sku: 'B' })] }),
    ]);
    expect(lines(toCsv(query, rows))).toEqual([
      'bucket,group,currency,orders,orders_cancelled,orders_fulfilled,orders_partially_fulfilled,revenue,average_order_value.average,average_order_value.sum,average_order_value.count,time_to_dispatch.average,time_to_dispatch.sum,time_to_dispatch.count,units.A,units.B,revenue_by_product.A',
      ',,EUR,1,0,0,0,3,3,3,1,,0,0,2,,3',
      ',,JPY,1,0,0,0,0,,0,0,,0,0,,1,',
      '',
    ]);
  });

  it.each([
    { text: '=1+1', field: "'=1+1" },
    { text: '+1', field: "'+1" },
    { text: '-1', field: "'-1" },
    { text: '@a', field: "'@a" },
    { text: '\ta', field: "'\ta" },
    { text: 'a,b', field: '"a,b"' },
    { text: 'a"b', field: '"a""b"' },
    { text: 'a\nb', field: '"a\nb"' },
    { text: '=a,b', field: `"'=a,b"` },
    { text: 'plain', field: 'plain' },
  ])('writes $text as $field', ({ text, field }) => {
    const [, row] = lines(toCsv(query, [{ bucket: text, group: null, orders: -1 }]));
    expect(row).toBe(`${field},,-1`);
  });

  it('names the columns also where there is no row', () => {
    expect(toCsv(query, [])).toMatch(/^bucket,group,orders,[^\n]*\r\n$/);
  });
});
