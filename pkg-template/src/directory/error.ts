/**
 * Why a directory could not be read.
 *
 * - `invalid-input`: an option or an id that can't be right, found before anything was asked
 * - `unauthorized`: the provider refuses the credentials, also after the token was renewed
 * - `forbidden`: the credentials are right, and lack a permission
 * - `user-not-found`: the directory has no such user
 * - `throttled`: the provider asks to wait for longer than was allowed, or again and again
 * - `unavailable`: the provider can't be reached, or fails
 * - `timed-out`: the provider took longer than was allowed
 * - `too-large`: an answer, or the number of pages, is over its limit
 * - `foreign-link`: the next page would be somewhere else than at the configured address
 * - `list-changed`: a list changed while it was read, so it is not known whether all of it was read
 * - `unexpected-answer`: the answer is not of the documented shape
 */
export type DirectoryErrorCode =
  | "invalid-input"
  | "unauthorized"
  | "forbidden"
  | "user-not-found"
  | "throttled"
  | "unavailable"
  | "timed-out"
  | "too-large"
  | "foreign-link"
  | "list-changed"
  | "unexpected-answer";

/** Thrown where a directory could not be read whole. It holds no token, no secret, and nothing of an answer but a code of its error. */
export class DirectoryError extends Error {
  override name = "DirectoryError";
  /** Stable; what to branch on. */
  code: DirectoryErrorCode;
  /** What was asked, as `GET https://graph.microsoft.com/v1.0/users`, or the option that is wrong; and where in an answer. */
  place: string;
  /** One English sentence: `message` without the place and the help. */
  problem: string;
  /** What to do about it. */
  help: string;

  constructor(code: DirectoryErrorCode, place: string, problem: string, help: string) {
    super(`${place}: ${problem}; ${help}`);
    this.code = code;
    this.place = place;
    this.problem = problem;
    this.help = help;
  }
}
