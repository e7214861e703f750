import { carrierPatterns, carriers, detectCarrier } from './carriers';

describe('carriers', () => {
  it('has every one once', () => {
    expect(new Set(carriers).size).toBe(carriers.length);
    expect(carriers).toHaveLength(32);
  });

  const numbers: [string, string][] = [
    ['1ZEXAMPLE000010012', 'ups'],
    ['00340000000000010011', 'dhl'],
    ['JJD0000000000000001', 'dhl'],
    ['JJD00000000000000000001', 'dhl'],
    ['9400000000000000000001', 'usps'],
    ['LX000000001US', 'usps'],
    ['TBA000000000001', 'amz'],
    ['AB000000001GB', 'royalmail'],
    ['AB000000001CH', 'swisspost'],
    ['AB000000001DE', 'depost'],
    ['AB000000001IE', 'anpost'],
    ['AB000000001NO', 'bring'],
    ['AB000000001FI', 'posti'],
    ['AB000000001SE', 'postnord'],
    ['AB000000001DK', 'postnord'],
    ['AB000000001AT', 'postat'],
    ['AB000000001BE', 'bpost'],
    ['AB000000001NL', 'postnl_inter'],
  ];

  it.each(numbers)('%s is of %s, and of no other', (number, carrier) => {
    expect(detectCarrier(number)).toBe(carrier);
    expect(carrierPatterns.filter(([pattern]) => pattern.test(number))).toHaveLength(1);
  });

  it('uses every pattern above', () => {
    const unused = carrierPatterns.filter(([pattern]) => !numbers.some(([number]) => pattern.test(number)));
    expect(unused).toEqual([]);
  });

  it.each([
    '05350000010031',
    '1ZEXAMPLE0000100123',
    '9600000000000000000001',
    'AB00000001GB',
    'AB000000001FR',
    'TBA00000000001',
    '',
  ])('%s is of none that is known', (number) => {
    expect(detectCarrier(number)).toBe('unknown');
  });
});
