// Sign-ins that came to nothing before they were anybody's, in the audit beside the others: so that whoever is told the number of one finds it.
// Anybody can cause them, so the oldest go when there are many. What is kept says nothing that was sent, but an address that was typed.

import { type SqlBool, sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** So many are kept. */
export const keptFailures = 10_000;
/** They are counted, and the oldest taken away, after so many rows of the audit. */
const interval = 50;

export interface Failure {
  at: Date;
  requestId: string;
  method: string;
  /** A stable code. */
  reason: string;
  /** What was typed as an address. */
  typed?: string | undefined;
}

export async function recordFailure(
  database: Database,
  { at, requestId, method, reason, typed }: Failure,
): Promise<void> {
  const { id } = await database
    .insertInto("audit")
    .values((row) => ({
      at,
      request_id: requestId,
      method,
      user_id: null,
      subject: typedAddress(typed),
      allowed: false,
      reason,
      settings_version: row.selectFrom("settings_versions").select(({ fn }) => fn.max("version").as("version")),
      catalog_versions: "{}",
      diagnostics: "[]",
      passing: true,
    }))
    .returning("id")
    .executeTakeFirstOrThrow();
  await forgetNowAndThen(database, id);
}

/** People type their password into the wrong field, which is not to be kept. */
export function typedAddress(typed = ""): string {
  return typed.includes("@") ? typed : "";
}

export async function forgetNowAndThen(database: Database, auditId: number): Promise<void> {
  if (auditId % interval === 0) await forgetOldFailures(database);
}

export async function forgetOldFailures(database: Database): Promise<void> {
  const newestToGo = database
    .selectFrom("audit")
    .select("id")
    .where("passing", "=", true)
    .orderBy("id", "desc")
    .offset(keptFailures)
    .limit(1);
  await database.deleteFrom("audit").where("passing", "=", true).where(sql<SqlBool>`id <= (${newestToGo})`).execute();
}
