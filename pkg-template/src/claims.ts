import { call, instance } from "./engine.js";
import type { ClaimGroups, ClaimOptions } from "./generated/types.js";

/**
 * Reads the IdP groups from the claims of a token.
 *
 * Never guesses: a claim that cannot be read whole is `malformed`, and one that the token says is kept elsewhere is
 * `incomplete`; neither is the same as having no groups. The diagnostics say what to do.
 *
 * @param claims the payload of the ID token or the user info response, decoded and verified; read as JSON would be, so a
 * `Map`, a function or a cycle is refused
 * @param claim which claim carries the groups, and how to read it; a name alone is `{ name }`
 * @returns distinct groups in token order, and where they were found
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `claims.groups[3]` if an argument is not of its documented
 * shape; `too-large` if `claims` is nested more than 128 deep
 */
export function readGroups(claims: object, claim: ClaimOptions): ClaimGroups {
  return call(instance(), (glue) => glue.readGroups(claims, claim));
}
