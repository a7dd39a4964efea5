// The identity provider of the environment has a row beside those that an admin configures, so that others can refer to it.

import type { Database } from "../database/schema.ts";
import { issuerOf } from "./issuer.ts";

export const environmentProvider = "environment";

/** What belonged to an issuer that the environment names no more goes with its row. */
export async function rememberEnvironmentProvider(database: Database, address: URL | null): Promise<void> {
  const issuer = address && issuerOf(address);
  await database.transaction().execute(async (transaction) => {
    const other = transaction.deleteFrom("providers").where("from_environment", "=", true);
    await (issuer === null ? other : other.where("issuer", "<>", issuer)).execute();
    if (issuer === null) return;
    await transaction
      .insertInto("providers")
      .values({ id: environmentProvider, name: new URL(issuer).host, issuer, from_environment: true })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
