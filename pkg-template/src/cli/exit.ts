// How the program ends.

/** Everything was as it should be. */
export const fine = 0;
/** What was looked at has problems: errors in a mapping, a scenario that failed, users that could not be read. */
export const problems = 1;
/** The program could not do what it was asked to: a wrong option, a file that is missing or not of its documented shape. */
export const badInput = 2;
/** More users would lose something than may: nothing is to be applied. */
export const held = 3;
/** A fault of the program itself. */
export const fault = 4;

/** The exit codes, for the help of a command. */
export function exitCodes(whenFine: string, whenProblems: string): string {
  return `Exit codes:
  0  ${whenFine}
  1  ${whenProblems}
  2  an option or an input file is wrong; the message says what and where`;
}

/** Input that the program cannot work with. The message is one sentence, which begins with the place. */
export class InputError extends Error {
  override name = "InputError";
}
