/** Stops the program when the program itself is wrong; what a user wrote is never judged by this. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ProgrammerError(message);
}

/** A rule of the program was broken by the program. */
export class ProgrammerError extends Error {
  override readonly name = 'ProgrammerError';
}
