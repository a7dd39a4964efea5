// The identity provider of the environment has a row beside those that an admin configures, so that others can refer to it.

import { CannotStart } from "../cannot-start.ts";
import type { Database } from "../database/schema.ts";
import { issuerOf } from "./issuer.ts";

export const environmentProvider = "environment";

/** What belonged to an issuer that the environment names no more goes with its row. */
export async function rememberEnvironmentProvider(
  database: Database,
  address: URL | null,
  name?: string,
): Promise<void> {
  const issuer = address && issuerOf(address);
  await database.transaction().execute(async (transaction) => {
    const other = transaction.deleteFrom("providers").where("from_environment", "=", true);
    await (issuer === null ? other : other.where("issuer", "<>", issuer)).execute();
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
    await own.where("name", "<>", shown).set({ name: shown }).execute();
  });
}
