// The identity provider of the environment has a row beside those that an admin configures, so that others can refer to it.

import { CannotStart } from "../cannot-start.ts";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { endSessions } from "../sign-in/end-sessions.ts";
import { issuerOf } from "./issuer.ts";

export const environmentProvider = "environment";

/**
 * What belonged to an issuer that the environment names no more goes with its row. But what a directory tells by SCIM does not go by a slip of
 * the pen: without single sign-on the row waits, switched off, and another issuer does not take its place.
 */
export async function rememberEnvironmentProvider(
  database: Database,
  address: URL | null,
  name?: string,
): Promise<void> {
  const issuer = address && issuerOf(address);
  await database.transaction().execute(async (transaction) => {
    await leaveIssuer(transaction, issuer);
    if (issuer === null) return;
    const shown = name ?? new URL(issuer).host;
    const configured = await transaction
      .selectFrom("providers")
      .select("name")
      .where("issuer", "=", issuer)
      .where("from_environment", "=", false)
      .executeTakeFirst();
    if (configured) {
      throw new CannotStart(
        `OIDC_ISSUER names the provider \`${configured.name}\`, which is in the instance settings already: delete it there, or leave OIDC_ISSUER out`,
      );
    }
    await transaction
      .insertInto("providers")
      .values({ id: environmentProvider, name: shown, issuer, from_environment: true })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const own = transaction.updateTable("providers").where("id", "=", environmentProvider);
    await own
      .where((is) => is.or([is("name", "<>", shown), is("enabled", "=", false)]))
      .set({ name: shown, enabled: true })
      .execute();
  });
}

async function leaveIssuer(transaction: DatabaseTransaction, issuer: string | null): Promise<void> {
  const before = await transaction
    .selectFrom("providers")
    .select("issuer")
    .where("id", "=", environmentProvider)
    .executeTakeFirst();
  if (!before || before.issuer === issuer) return;
  // Their refresh tokens are nobody else's to see.
  await endSessions(transaction, (one) => one("provider_id", "=", environmentProvider), "provider-gone");
  const token = await transaction
    .selectFrom("scim_tokens")
    .select("id")
    .where("provider_id", "=", environmentProvider)
    .where("revoked_at", "is", null)
    .where("last_used_at", "is not", null)
    .limit(1)
    .executeTakeFirst();
  if (!token) {
    await transaction.deleteFrom("providers").where("id", "=", environmentProvider).execute();
  } else if (issuer === null) {
    await transaction.updateTable("providers").set({ enabled: false }).where("id", "=", environmentProvider).execute();
  } else {
    throw new CannotStart(
      `OIDC_ISSUER is \`${issuer}\`, and was \`${before.issuer}\`, whose directory is connected by SCIM: set it back, or revoke the SCIM tokens first, for which the server runs with OIDC_ISSUER=none`,
    );
  }
}
