// Switching a provider off must not leave an instance that nobody can configure any more.

import type { DatabaseTransaction } from "../database/schema.ts";
import { waysIn } from "../login/ways-in.ts";
import { issuerSpellings } from "./issuer.ts";

/** Whether some super admin could sign in, if these were the issuers at which people can. */
export async function superAdminComesIn(transaction: DatabaseTransaction, issuers: string[]): Promise<boolean> {
  const { singleSignOn, password } = await waysIn(transaction, issuers.length > 0);
  const spelled = singleSignOn?.problem === null ? issuers.flatMap(issuerSpellings) : [];
  const row = await transaction
    .selectFrom("users")
    .select("id")
    .where("super_admin", "=", true)
    .where("status", "=", "active")
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
