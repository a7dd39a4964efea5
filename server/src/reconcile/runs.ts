// The rows of runs: how one begins, what was decided about it, and how it ends.

import { sql } from "kysely";
import type { Database, DatabaseTransaction, RunStatus } from "../database/schema.ts";
import { recordFailedRun } from "../login/failures.ts";
import { heldBy, type RunLimits } from "./brake.ts";
import { forgetEntries } from "./directory.ts";
import type { Looked } from "./look.ts";

/** In place of until when the directory is read: nobody has to any more. */
export const isRead = sql<Date>`'infinity'::timestamptz`;

/** `null` where a run of this provider is under way. */
export async function beginRun(
  database: Database,
  { provider, by, limits, now }: { provider: string; by: number | null; limits: RunLimits; now: Date },
): Promise<number | null> {
  const row = await database
    .insertInto("reconcile_runs")
    .values({
      provider_id: provider,
      status: "looking",
      started_at: now,
      started_by: by,
      max_losers: limits.maxLosers,
      max_share: limits.maxShare,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

/** What is read for, if it still is. */
export async function readRunOfReader(database: Database, run: number, status: RunStatus) {
  const row = await database
    .selectFrom("reconcile_runs as runs")
    .innerJoin("providers", "providers.id", "runs.provider_id")
    .select(["runs.id as run", "provider_id as provider", "issuer", "max_losers", "max_share"])
    .where("runs.id", "=", run)
    .where("runs.status", "=", status)
    .executeTakeFirst();
  if (!row) return undefined;
  const { max_losers: maxLosers, max_share: maxShare, ...found } = row;
  return { ...found, limits: { maxLosers, maxShare } };
}

/** Everybody was looked at: is it held, carried out, or is there nothing to do? A run that is held since before is overtaken. */
export async function endLook(
  transaction: DatabaseTransaction,
  run: number,
  { summary, settingsVersion, unknown, entries }: Looked & { entries: number },
  now: Date,
): Promise<{ status: RunStatus; changes: number }> {
  await forgetEntries(transaction, run);
  const { count } = await transaction
    .selectFrom("reconcile_changes")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("run_id", "=", run)
    .executeTakeFirstOrThrow();
  const changes = Number(count);
  const held = heldBy(summary, entries);
  const status = held !== null ? "held" : changes > 0 ? "applying" : "done";
  const ended = await transaction
    .updateTable("reconcile_runs")
    .set({
      status,
      looked_at: now,
      ended_at: status === "done" ? now : null,
      reading_until: isRead,
      settings_version: settingsVersion,
      entries,
      unknown,
      summary: JSON.stringify({ ...summary, faults: [] }),
      held_by: held,
    })
    .where("id", "=", run)
    .where("status", "=", "looking")
    .returning("provider_id")
    .executeTakeFirst();
  if (!ended) return { status: "dismissed", changes: 0 };
  await transaction
    .updateTable("reconcile_runs")
    .set({ status: "superseded", ended_at: now })
    .where("provider_id", "=", ended.provider_id)
    .where("status", "=", "held")
    .where("id", "<", run)
    .execute();
  return { status, changes };
}

/** What the audit calls it. */
export function requestIdOf(run: number): string {
  return `reconcile-${run}`;
}

export interface RunFailure {
  /** For the audit. */
  reason: "directory-unreadable" | "directory-missing" | "server-ended";
  /** In words. */
  failure: string;
}

/** Nothing becomes of what may have been looked at. */
export async function failRun(
  transaction: DatabaseTransaction,
  run: number,
  { reason, failure }: RunFailure,
  now: Date,
): Promise<void> {
  const failed = await transaction
    .updateTable("reconcile_runs as runs")
    .from("providers")
    .set({ status: "failed", ended_at: now, failure })
    .where("runs.id", "=", run)
    .where("runs.status", "=", "looking")
    .whereRef("providers.id", "=", "runs.provider_id")
    .returning("providers.name as provider")
    .executeTakeFirst();
  if (!failed) return;
  await forgetEntries(transaction, run);
  await transaction.deleteFrom("reconcile_changes").where("run_id", "=", run).execute();
  await recordFailedRun(transaction, { ...failed, at: now, requestId: requestIdOf(run), reason, failure });
}

export interface Decision {
  by: number;
  note: string;
}

export interface Confirmed extends Decision {
  /** How many people lose something, as the admin has typed it. */
  people: number;
}

/** `false` where it is not held, another one is under way, or somebody was mistaken about how many lose something. */
export async function confirmRun(
  transaction: DatabaseTransaction,
  run: number,
  { by, note, people }: Confirmed,
  now: Date,
): Promise<boolean> {
  const row = await transaction
    .selectFrom("reconcile_runs")
    .select("summary")
    .where("id", "=", run)
    .where("status", "=", "held")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("reconcile_runs as other")
            .select("other.id")
            .whereRef("other.provider_id", "=", "reconcile_runs.provider_id")
            .where("other.status", "in", ["looking", "applying"]),
        ),
      ),
    )
    .forUpdate()
    .executeTakeFirst();
  if (row?.summary?.losers !== people) return false;
  await transaction
    .updateTable("reconcile_runs")
    .set({ status: "applying", decided_at: now, decided_by: by, note, failure: null, reading_until: null })
    .where("id", "=", run)
    .execute();
  return true;
}

/** The directory was read anew. `false` where nobody waits for it any more. */
export async function endReading(transaction: DatabaseTransaction, run: number): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("reconcile_runs")
    .set({ reading_until: isRead })
    .where("id", "=", run)
    .where("status", "=", "applying")
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

/** The directory could not be read anew, so nothing was carried out. */
export async function holdAgain(database: Database, run: number, failure: string): Promise<void> {
  await forgetEntries(database, run);
  await database
    .updateTable("reconcile_runs")
    .set({ status: "held", decided_at: null, decided_by: null, note: null, failure })
    .where("id", "=", run)
    .where("status", "=", "applying")
    .execute();
}

/** Puts a held run aside, and stops one that is under way: whoever had their turn keeps what came of it. */
export async function dismissRun(database: Database, run: number, { by, note }: Decision, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("reconcile_runs")
    .set({ status: "dismissed", ended_at: now, decided_at: now, decided_by: by, note })
    .where("id", "=", run)
    .where("status", "in", ["looking", "held", "applying"])
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

/** For how long runs are kept, in milliseconds. */
const kept = 90 * 24 * 3_600_000;

export async function forgetOldRuns(database: Database, now: Date): Promise<void> {
  await database
    .deleteFrom("reconcile_runs")
    .where("ended_at", "<", new Date(now.getTime() - kept))
    .execute();
}
