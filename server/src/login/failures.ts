// What came to nothing before it was anybody's, in the audit beside the others: sign-ins, so that whoever is told the number of one finds it, and runs
// over directories. Anybody can cause the former, so their oldest go when there are many. What is kept of them says nothing that was sent, but an
// address that was typed.

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

export async function recordFailure(database: Database, { typed, ...failure }: Failure): Promise<void> {
  const id = await writeFailure(database, failure, { subject: typedAddress(typed), passing: true });
  await forgetNowAndThen(database, id);
}

export interface FailedRun extends Omit<Failure, "method" | "typed"> {
  /** What people call it. */
  provider: string;
  /** In words, for the admin. */
  failure: string;
}

/** Nobody causes these at will, so they stay. */
export async function recordFailedRun(database: Database, { provider, failure, ...run }: FailedRun): Promise<void> {
  await writeFailure(database, { ...run, method: "directory" }, { subject: provider, passing: false, note: failure });
}

async function writeFailure(
  database: Database,
  { at, requestId, method, reason }: Failure,
  rest: { subject: string; passing: boolean; note?: string },
): Promise<number> {
  const { id } = await database
    .insertInto("audit")
    .values((row) => ({
      at,
      request_id: requestId,
      method,
      user_id: null,
      allowed: false,
      reason,
      settings_version: row.selectFrom("settings_versions").select(({ fn }) => fn.max("version").as("version")),
      catalog_versions: "{}",
      diagnostics: "[]",
      ...rest,
    }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
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
