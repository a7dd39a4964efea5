import type { Diagnostic } from "./generated/types.js";

/**
 * Why a {@link GroupSyncError} was thrown.
 *
 * - `invalid-input`: an argument is not of the documented shape; `path` says where
 * - `invalid-mapping`: the mapping text has errors, so it may not run; `diagnostics` holds them
 * - `too-large`: an argument is over a documented limit; `path` says where
 * - `freed`: the object was used after `free()`, or after its work was finished
 * - `not-initialised`: `idp-group-sync/slim` was used before `init` or `initSync`
 * - `internal`: the engine stopped, which is a fault of this package; it is started anew by the next call
 *
 * @category Errors
 */
export type GroupSyncErrorCode =
  | "invalid-input"
  | "invalid-mapping"
  | "too-large"
  | "subject-mismatch"
  | "freed"
  | "not-initialised"
  | "internal";

/**
 * What a {@link GroupSyncError} may carry besides its code and message.
 *
 * @category Errors
 */
export interface GroupSyncErrorDetails {
  /** Where in the input, for example `catalog.groups[3].requires`. */
  path?: string;
  /** The diagnostics of a mapping that may not run. */
  diagnostics?: Diagnostic[];
  /** What the runtime threw, where the engine did not throw itself. */
  cause?: unknown;
}

/**
 * Thrown for input that is not of the documented shape, or a mapping that may not run. Nothing else is thrown.
 *
 * Where a program may load this package twice (as ES module and as CommonJS module, or in two versions), tell its errors
 * by `code` rather than by `instanceof`.
 *
 * @category Errors
 */
export class GroupSyncError extends Error {
  override name = "GroupSyncError";
  /** Stable; what to branch on. */
  code: GroupSyncErrorCode;
  /** Where in the input, for example `catalog.groups[3].requires`; absent where no single place is at fault. */
  declare path?: string;
  /** One English sentence: `message` without the path that it begins with. */
  problem: string;
  /** The diagnostics of a mapping that may not run; empty for every code but `invalid-mapping`. */
  diagnostics: Diagnostic[];

  /**
   * @param code what kind of error it is
   * @param problem one English sentence, without the path
   * @param details where it is, and what else is known about it
   */
  constructor(code: GroupSyncErrorCode, problem: string, details: GroupSyncErrorDetails = {}) {
    const message = details.path ? `${details.path}: ${problem}` : problem;
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.problem = problem;
    if (details.path !== undefined) this.path = details.path;
    this.diagnostics = details.diagnostics ?? [];
  }
}
