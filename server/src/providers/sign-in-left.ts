// Switching a provider off, or archiving a super admin, must not leave an instance that nobody can configure any more.

import type { Database } from "../database/schema.ts";
import { waysIn } from "../login/ways-in.ts";
import { issuerSpellings } from "./issuer.ts";

/** Whether some super admin could sign in, other than `except`. Whoever is only invited may never come. */
export async function superAdminComesIn(database: Database, except = 0): Promise<boolean> {
  const offered = await database.selectFrom("providers").select("issuer").where("enabled", "=", true).execute();
  const issuers = offered.map(({ issuer }) => issuer);
  const { singleSignOn, password } = await waysIn(database, issuers.length > 0);
  const spelled = singleSignOn?.problem === null ? issuers.flatMap(issuerSpellings) : [];
  const row = await database
    .selectFrom("users")
    .select("id")
    .where("super_admin", "=", true)
    .where("status", "=", "active")
    .where("id", "<>", except)
    .where((is) =>
      is.or([
        ...(spelled.length > 0 ? [is("issuer", "in", spelled)] : []),
        ...(password === "nobody" ? [] : [is("password_hash", "is not", null)]),
        is.lit(false),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
