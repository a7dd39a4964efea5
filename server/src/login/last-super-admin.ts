// Without a super admin nobody could mend what went wrong.

import type { Database } from "../database/schema.ts";

/** Whether no other super admin is active. Whoever is only invited may never come. */
export async function isLastSuperAdmin(database: Database, userId: number): Promise<boolean> {
  const other = await database
    .selectFrom("users")
    .select("id")
    .where("super_admin", "=", true)
    .where("status", "=", "active")
    .where("id", "<>", userId)
    .limit(1)
    .executeTakeFirst();
  return other === undefined;
}
