/** Ends the command with a sentence for the user instead of a stack trace. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    /** 1: it did not work or a check failed; 2: called in a wrong way. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
