// Sessions that the identity provider ends. What it said is kept for a while: said again it is refused, and a sign-in that was under way
// meanwhile comes to nothing.

import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { endSessions } from "./end-sessions.ts";
import type { LogoutToken } from "./logout-token.ts";
import type { ProviderSession } from "./oidc-client.ts";

/** Longer than a sign-in may take. */
const keptSeconds = 60 * 60;

/** Ends the sessions that a logout token is about, and says how many; `null` if the token was sent before. */
export async function endAtProvider(database: Database, token: LogoutToken, now: Date): Promise<number | null> {
  return database.transaction().execute(async (transaction) => {
    const kept = new Date(Math.max(token.expiresAt.getTime(), now.getTime()) + keptSeconds * 1000);
    const { issuer, id, issuedAt, subject, sid } = token;
    const isNew = await transaction
      .insertInto("provider_logouts")
      .values({ issuer, id, issued_at: issuedAt, subject, sid, expires_at: kept })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!isNew) return null;
    return endSessions(
      transaction,
      (one) => one.and({ issuer, ...(subject !== null && { subject }), ...(sid !== null && { sid }) }),
      "identity-provider",
    );
  });
}

/**
 * Whether the identity provider has ended the session in which this token was made. What it ends from here to the end of the transaction
 * waits for it, and so sees the session that the transaction begins; sign-ins do not wait for each other.
 */
export async function wasEnded(
  transaction: DatabaseTransaction,
  { issuer, subject, sid, issuedAt }: ProviderSession,
): Promise<boolean> {
  await sql`lock table provider_logouts in share mode`.execute(transaction);
  const row = await transaction
    .selectFrom("provider_logouts")
    .select("id")
    .where("issuer", "=", issuer)
    .where((is) =>
      is.or([
        // Within one second nothing says which came first, and a sign-in can be tried again.
        is.and([is("sid", "is", null), is("subject", "=", subject), is("issued_at", ">=", issuedAt)]),
        ...(sid === null
          ? []
          : [is.and([is("sid", "=", sid), is.or([is("subject", "is", null), is("subject", "=", subject)])])]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
