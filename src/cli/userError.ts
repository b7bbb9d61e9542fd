/** Something that the person can mend: shown as one sentence, without a stack trace; exit code 2. */
export class UserError extends Error {}

/** A report or golden file that could not be written: shown as one sentence; exit code 4. */
export class OutputError extends Error {}
