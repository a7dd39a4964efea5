// Runs over whole directories, and what they have found.

import { sql } from "kysely";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import { outcomeFields } from "../../login/fields.ts";
import type { ChangesQuery, ReconcileRun, RunAnswer } from "../schemas/reconcile-runs.ts";

type Run = Static<typeof ReconcileRun>;

export async function listRuns(
  database: Database,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<{ runs: Run[]; next: number | null }> {
  let query = runs(database);
  if (before !== undefined) query = query.where("runs.id", "<", before);
  const rows = await query
    .orderBy("runs.id", "desc")
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  return { runs: await shown(database, page), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

export async function readRun(database: Database, id: number): Promise<Run | undefined> {
  const row = await runs(database).where("runs.id", "=", id).executeTakeFirst();
  return row && (await shown(database, [row]))[0];
}

export async function heldRuns(database: Database): Promise<number[]> {
  const rows = await database
    .selectFrom("reconcile_runs")
    .select("id")
    .where("status", "=", "held")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function namesOfProviders(database: Database, ids: string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  return database.selectFrom("providers").select(["id", "name"]).where("id", "in", ids).orderBy("name").execute();
}

function runs(database: Database) {
  return database
    .selectFrom("reconcile_runs as runs")
    .innerJoin("providers", "providers.id", "runs.provider_id")
    .leftJoin("users as starters", "starters.id", "started_by")
    .leftJoin("users as deciders", "deciders.id", "decided_by")
    .selectAll("runs")
    .select(["providers.name as provider"])
    .select(["starters.id as starter", "starters.name as starterName", "starters.email as starterEmail"])
    .select(["starters.email_verified as starterVerified", "deciders.id as decider", "deciders.name as deciderName"])
    .select(["deciders.email as deciderEmail", "deciders.email_verified as deciderVerified"]);
}

type Row = Awaited<ReturnType<ReturnType<typeof runs>["execute"]>>[number];

async function shown(database: Database, rows: Row[]): Promise<Run[]> {
  const results = await countResults(
    database,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const decider = personOf(row.decider, row.deciderName, row.deciderEmail, row.deciderVerified);
    const { users, unchanged, restored, archived, changed, denied, blocked, losers, faultCount } = row.summary ?? {};
    return {
      id: row.id,
      provider: { id: row.provider_id, name: row.provider },
      status: row.status,
      startedAt: row.started_at.toISOString(),
      startedBy: personOf(row.starter, row.starterName, row.starterEmail, row.starterVerified),
      lookedAt: row.looked_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      limits: { maxLosers: row.max_losers, maxShare: row.max_share },
      entries: row.entries,
      unknown: row.unknown,
      summary: row.summary && { users, unchanged, restored, archived, changed, denied, blocked, losers, faultCount },
      heldBy: row.held_by,
      failure: row.failure,
      decision:
        decider && row.decided_at ? { at: row.decided_at.toISOString(), by: decider, note: row.note ?? "" } : null,
      results: { ...none, ...results.get(row.id) },
    } as Run;
  });
}

const none = { applied: 0, nothing: 0, differs: 0, failed: 0, left: 0 };

async function countResults(database: Database, ids: number[]) {
  const found = new Map<number, Partial<typeof none>>();
  if (ids.length === 0) return found;
  const rows = await database
    .selectFrom("reconcile_changes")
    .select(["run_id", "result", sql<number>`count(*)::integer`.as("count")])
    .where("run_id", "in", ids)
    .groupBy(["run_id", "result"])
    .execute();
  for (const { run_id, result, count } of rows) {
    found.set(run_id, { ...found.get(run_id), [result ?? "left"]: count });
  }
  return found;
}

function personOf(id: number | null, name: string | null, email: string | null, verified: boolean | null) {
  return id === null ? null : { id, name, email, emailVerified: verified === true };
}

const groupsShown = 100;

/** For whom a run has found something to do, by pages. */
export async function listChanges(
  database: Database,
  run: number,
  { kind, loses, after = 0, limit = 50 }: Static<typeof ChangesQuery>,
): Promise<Pick<Static<typeof RunAnswer>, "changes" | "next">> {
  const rows = await database
    .selectFrom("reconcile_changes as changes")
    .innerJoin("users", "users.id", "user_id")
    .select(["users.id", "name", "email", "email_verified as emailVerified"])
    .select(["kind", "loses", "said", "change", "result", "audit_id as auditEntry"])
    .where("run_id", "=", run)
    .where("user_id", ">", after)
    .$if(kind !== undefined, (query) => query.where("kind", "=", kind ?? "changed"))
    .$if(loses !== undefined, (query) => query.where("loses", "=", loses === true))
    .orderBy("user_id")
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const ids = [...new Set(page.flatMap(({ change }) => change.workspaces.map(({ id }) => id)))];
  const names = new Map(
    ids.length === 0
      ? []
      : (await database.selectFrom("workspaces").select(["id", "name"]).where("id", "in", ids).execute()).map(
          ({ id, name }) => [id, name] as const,
        ),
  );
  const changes = page.map(({ id, name, email, emailVerified, said, change, ...row }) => ({
    ...row,
    user: { id, name, email, emailVerified },
    directory: said.directory,
    groups: (said.groups ?? []).slice(0, groupsShown),
    groupCount: said.groups?.length ?? 0,
    reason: change.reason ?? null,
    blocked: change.blocked ?? null,
    workspaces: outcomeFields(change).workspaces.map(({ id: workspace, plan }) => {
      const { status, reason, role, join, leave, keep, provider, blocked } = plan;
      const fields = { status, role, join, leave, keep, blocked };
      const told = { ...(reason !== undefined && { reason }), ...(provider !== undefined && { provider }) };
      return { workspace, name: names.get(workspace) ?? null, ...fields, ...told };
    }),
  }));
  return { changes, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
