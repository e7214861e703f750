import { docstringsOf } from './docstrings';

const source = `
/** A parcel. */
@Whole(rule)
export class ParcelDto extends BaseDto {
  /** Its number. */
  @TrackingNumber() number!: string;
  /** Grams,
   * of all of it. */
  @Optional()
  @ListOf(() => WeightDto, 0, 20)
  weights?: WeightDto[];
  @Text(5) silent!: string;
}

class NextDto {
  /** Own. */
  @Text(5) number?: string;
}
`;

describe('docstrings', () => {
  it('are found by class and member', () => {
    expect(docstringsOf([source])).toEqual({
      ParcelDto: { '': 'A parcel.', number: 'Its number.', weights: 'Grams, of all of it.' },
      NextDto: { number: 'Own.' },
    });
  });
});
