import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import type { ClaimGroups, ClaimOptions, ClaimSuggestions } from "./generated/types.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

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
 * @category Decide
 */
export function readGroups(claims: object, claim: Taken<ClaimOptions>): ClaimGroups {
  const given = { claim: plain(claim, "claim"), claims: plain(claims, "claims", "keep") };
  return ask(instance(), given, (glue, length) => glue.readGroups(length));
}

/**
 * The claims of an ID token and of a UserInfo response as one object, in which a claim of UserInfo replaces that of the ID token.
 *
 * @param idToken the payload of the ID token, decoded and verified
 * @param userInfo the UserInfo response to the access token that came with it
 * @returns a copy, as JSON would have it
 * @throws {GroupSyncError} `subject-mismatch` if they do not have the same `sub`, as OpenID Connect Core, section 5.3.2, demands;
 * `invalid-input` if an argument is no object; `too-large` if one is nested more than 128 deep
 * @category Decide
 */
export function mergeClaims(idToken: object, userInfo: object): Record<string, unknown> {
  const given = { idToken: plain(idToken, "idToken", "keep"), userInfo: plain(userInfo, "userInfo", "keep") };
  // The engine looks at the subjects; what it has no word for, such as a lone surrogate, stays as it is.
  ask(instance(), given, (glue, length) => glue.checkSubject(length));
  return { ...(given.idToken as object), ...(given.userInfo as object) };
}

/**
 * Looks through tokens for claims that may hold the users' groups: near misses of a claim name, other spellings of its path,
 * and lists that look like groups. For an admin who does not know what the identity provider sends; logins read the
 * configured claim alone.
 *
 * @param tokens payloads of tokens that were seen, decoded and verified
 * @param options `claim` is the one that is configured: it is counted, and others are held against it
 * @returns in how many tokens the given claim is there, and up to five others, the likeliest first, each with the setting
 * that reads it, how many tokens carry it, and up to three of the names in it
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `tokens[3]` or `options.claim.name` if an argument is not of
 * its documented shape; `too-large` if `tokens` are nested more than 128 deep
 * @category Edit a mapping
 */
export function suggestClaims(tokens: readonly object[], options?: Taken<{ claim?: ClaimOptions }>): ClaimSuggestions {
  const given = { tokens: plain(tokens, "tokens", "keep"), options: plain(options, "options") };
  return ask(instance(), given, (glue, length) => glue.suggestClaims(length));
}
