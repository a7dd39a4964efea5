// The groups of a login whose token does not have them.

import { type ClaimOptions, effectiveSettings, readGroups } from "idp-group-sync";
import { DirectoryError } from "idp-group-sync/directory";
import { namesOf } from "../claims/known-claims.ts";
import type { Database } from "../database/schema.ts";
import { currentSettings } from "../settings/versions.ts";
import type { GroupSource } from "./group-source.ts";

/** People wait meanwhile. */
const patience = 5_000;

type Claims = Record<string, unknown>;

/**
 * The claims with the groups in them that the token says are kept elsewhere, under the names that the settings read them by. Where the
 * directory can't be asked they are still elsewhere, and the policy for unreadable claims decides: nobody loses what they have by it.
 */
export async function withFetchedGroups(
  database: Database,
  source: GroupSource | null,
  claims: Claims,
  warn: (details: object, message: string) => void,
): Promise<Claims> {
  if (source === null) return claims;
  const { directory, userClaim, alsoIfMissing } = source;
  const { settings } = await currentSettings(database);
  const options = [settings.claim, ...settings.workspaces.map(({ id }) => effectiveSettings(settings, id).claim)];
  const wanted = options.flatMap((option) => lackingNames(claims, option, alsoIfMissing));
  if (wanted.length === 0) return claims;
  const userId = claims[userClaim];
  if (typeof userId !== "string") {
    warn({ claim: userClaim }, "the groups were not fetched: the token does not say who the user is in the directory");
    return keptElsewhere(claims, wanted);
  }
  try {
    const groups = await directory.groupsOf(userId, { signal: AbortSignal.timeout(patience) });
    return { ...claims, ...Object.fromEntries(wanted.map((name) => [name, groups])) };
  } catch (error) {
    const reason = error instanceof DirectoryError ? error.message : `it took longer than ${patience} ms`;
    warn({ reason }, "the groups could not be fetched");
    return keptElsewhere(claims, wanted);
  }
}

/** What a token says whose groups are elsewhere (OpenID Connect Core, section 5.6.2): one that says nothing would mean that there are none. */
function keptElsewhere(claims: Claims, names: string[]): Claims {
  const added = Object.fromEntries(names.map((name) => [name, "directory"]));
  return { ...claims, _claim_names: { ...Object(claims._claim_names), ...added } };
}

/** The names of claims whose groups are not in the token, as the engine reads it. */
function lackingNames(claims: Claims, option: ClaimOptions, alsoIfMissing: boolean): string[] {
  const { status } = readGroups(claims, option);
  if (status !== "incomplete" && !(alsoIfMissing && status === "missing")) return [];
  const names = namesOf(option);
  const elsewhere = names.filter((name) => readGroups(claims, name).status === "incomplete");
  return elsewhere.length > 0 ? elsewhere : names.slice(0, 1);
}
