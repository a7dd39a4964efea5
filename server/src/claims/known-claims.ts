// What is kept of each user's last token: what groups could be read from, so that an admin can see what a change of the settings would do.

import type { ClaimOptions, InstanceSettings } from "idp-group-sync";
import type { DatabaseTransaction } from "../database/schema.ts";

/** Claims that say who somebody is, or belong to the protocol. They hold no groups, and nobody needs a second copy of them. */
const notKept = new Set([
  // OpenID Connect Core 1.0, sections 2 and 5.1, and what identity providers add of the kind
  ...[
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
  ],
  ...["website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number"],
  ...["phone_number_verified", "address", "updated_at", "upn", "unique_name", "oid", "ipaddr"],
  ...["iss", "aud", "exp", "nbf", "iat", "jti", "auth_time", "nonce", "acr", "amr", "azp", "sid", "session_state"],
  ...["at_hash", "c_hash", "s_hash", "cnf", "uti", "rh", "aio"],
  // where groups are that are not in the token; it may hold an access token
  "_claim_sources",
]);

/** In the transaction of a login, so that what is kept is of the login that the audit has last. */
export async function rememberClaims(
  transaction: DatabaseTransaction,
  userId: number,
  { claims, settings, at }: { claims: Record<string, unknown>; settings: InstanceSettings; at: Date },
): Promise<void> {
  const kept = JSON.stringify(withoutIdentity(claims, claimsInUse(settings)));
  await transaction
    .insertInto("known_claims")
    .values({ user_id: userId, at, claims: kept })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet({ at, claims: kept }))
    .execute();
}

function withoutIdentity(claims: Record<string, unknown>, inUse: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).filter(([name]) => !notKept.has(name) || inUse.some((used) => leadsInto(used, name))),
  );
}

/** Whether a claim is kept only once the settings name it: until then, nobody knows who has it. */
export function isKeptIfNamed(claim: ClaimOptions): boolean {
  return [...notKept].some((name) => namesOf(claim).some((used) => leadsInto(used, name)));
}

/** An admin may have any claim hold the groups. */
function claimsInUse({ claim, workspaces }: InstanceSettings): string[] {
  return [claim, ...workspaces.flatMap((workspace) => workspace.claim ?? [])].flatMap(namesOf);
}

/** The names of all sources. */
export function namesOf(claim: ClaimOptions): string[] {
  return [claim].flat().flatMap((source) => (typeof source === "string" ? source : source.name));
}

function leadsInto(used: string, name: string): boolean {
  return used === name || used.startsWith(`${name}.`) || used === `/${name}` || used.startsWith(`/${name}/`);
}
