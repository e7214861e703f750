import { questionOf } from '../report/report.question';
import { ask, published, shop } from './figures.samples.spec-data';
import { januaryClaim, januaryOrders } from './january.spec-data';
import { workedAnswers, workedDays } from './worked-examples.spec-data';

const today = '2026-02-10';

describe('what analytics answers (domain 12.10)', () => {
  it.each(workedAnswers)('$report $ask', ({ report, ask: asked, rows }) => {
    const query = questionOf(shop, report, { ...workedDays, bucket: 'total', ...asked }, today);
    const found = published(query, januaryOrders, [januaryClaim]);
    expect(found).toEqual(rows);
  });

  it('durations to the millisecond, for whoever asks for them', () => {
    const oneOf = (average: number) => ({ average, sum: average, count: 1 });
    const figures = (report: 'orders' | 'delivery-times') =>
      published(ask({ report, durations: 'ms' }), januaryOrders)[0];
    expect(figures('delivery-times')).toMatchObject({
      placed_to_delivered: { ...oneOf(440_640_000), business_days: oneOf(4) },
      fulfilled_to_delivered: oneOf(266_040_000),
      picked_up_to_delivered: oneOf(235_140_000),
    });
    expect(figures('orders')).toMatchObject({
      time_to_dispatch: { average: 66_000_000, sum: 198_000_000, count: 3 },
    });
  });
});
