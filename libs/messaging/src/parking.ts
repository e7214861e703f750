/** The place of a dead letter in the line of its aggregate. It travels with the letter, and back with its redrive. */
export interface ParkingPlace {
  readonly aggregateId: string;
  /** The count that its number belongs to. */
  readonly numbering: string;
  /** Id of the dead letter whose failure began the line. */
  readonly since: string;
  /** Rises by one with each command that is parked; an aggregate uses no number twice. */
  readonly number: number;
  /** An operator gave the command up: when its turn comes it is not decided, and the line moves on. */
  readonly givenUp?: true;
}
