import { armedBy, failpoint, failpoints, isReached } from './failpoint';

describe('a failpoint', () => {
  it('is armed by its place and the number of passes', () => {
    expect(armedBy('after-write:17')).toEqual({ place: 'after-write', passes: 17 });
  });

  it.each([undefined, ''])('is not armed by %p', (text) => {
    expect(armedBy(text)).toBeUndefined();
  });

  it.each(['after-write', 'after-write:0', 'after-write:-1', 'somewhere:3', ':3', '17'])(
    'refuses %p',
    (text) => {
      expect(() => armedBy(text)).toThrow(/WAYBILL_FAILPOINT must be <place>:<passes>/);
    },
  );

  it('that is not armed is passed, and never reached', () => {
    const kill = jest.spyOn(process, 'kill');
    for (const place of failpoints) {
      failpoint(place);
      expect(isReached(place)).toBe(false);
    }
    expect(kill).not.toHaveBeenCalled();
  });
});
