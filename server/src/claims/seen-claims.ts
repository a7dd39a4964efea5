// Which claims tokens have ever carried. A login that brings one for the first time writes it down; tokens that came before somebody configured
// the claim are looked through when the settings are saved, and when the server starts. What was seen once stays so.

import { setImmediate } from "node:timers/promises";
import type { ClaimOptions } from "idp-group-sync";
import type { Database } from "../database/schema.ts";
import { claimKey, isCarried } from "../login/unseen-claims.ts";
import { hashOf } from "../secrets.ts";

const page = 200;

/** A name may hold what `text` cannot, and be long. */
const keyOf = (claim: ClaimOptions) => hashOf(claimKey(claim));

/** Those that nobody has written down. */
export async function unrecordedClaims(database: Database, claims: ClaimOptions[]): Promise<ClaimOptions[]> {
  if (claims.length === 0) return [];
  const rows = await database.selectFrom("claims_seen").select("key").where("key", "in", claims.map(keyOf)).execute();
  const recorded = new Set(rows.map(({ key }) => key));
  return claims.filter((claim) => !recorded.has(keyOf(claim)));
}

export async function recordClaims(database: Database, claims: ClaimOptions[]): Promise<void> {
  if (claims.length === 0) return;
  // In one order, so that logins that bring the same ones never wait in a circle.
  const keys = [...new Set(claims.map(keyOf))].sort();
  await database
    .insertInto("claims_seen")
    .values(keys.map((key) => ({ key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Those that no token has carried: none that was decided, and none that is kept. */
export async function unseenClaims(database: Database, claims: ClaimOptions[]): Promise<ClaimOptions[]> {
  let unseen = await unrecordedClaims(database, claims);
  for (let after = 0; unseen.length > 0; ) {
    const rows = await database
      .selectFrom("known_claims")
      .select(["user_id", "claims"])
      .where("user_id", ">", after)
      .orderBy("user_id")
      .limit(page)
      .execute();
    for (const { claims: token } of rows) unseen = unseen.filter((claim) => !isCarried(token, claim));
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    after = last.user_id;
    await setImmediate(); // so that others get a turn
  }
  return unseen;
}

/** Writes down what the tokens that are kept tell about these. */
export async function recordKnownClaims(database: Database, claims: ClaimOptions[]): Promise<void> {
  const unrecorded = await unrecordedClaims(database, claims);
  if (unrecorded.length === 0) return;
  const unseen = new Set(await unseenClaims(database, unrecorded));
  await recordClaims(
    database,
    unrecorded.filter((claim) => !unseen.has(claim)),
  );
}
