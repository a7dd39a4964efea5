// The first step of a run: what would become of everybody of whom the directory says something. Nothing is changed by it.

import { setImmediate } from "node:timers/promises";
import { type ReconcileChange, type ReconcileSummary, Reconciliation } from "idp-group-sync";
import type { ChangeKind, Database, DirectorySaid } from "../database/schema.ts";
import { type FactsOfUser, factsOfMany } from "../login/facts-of-many.ts";
import { factsOfLeaver } from "../login/reconcile-user.ts";
import { issuerSpellings } from "../providers/issuer.ts";
import { roles } from "../roles.ts";
import { currentSettings } from "../settings/versions.ts";
import type { GroupSource } from "../sign-in/group-source.ts";
import { readCatalogs } from "../workspaces/catalogs.ts";
import { brakeOf, type RunLimits } from "./brake.ts";
import { directoryId } from "./directory.ts";

export interface Looked {
  summary: ReconcileSummary;
  settingsVersion: number;
  /** Users of the provider of whom it is not known who they are in the directory. They are left alone. */
  unknown: number;
}

interface Looking {
  run: number;
  issuer: string;
  source: Pick<GroupSource, "userClaim">;
  limits: RunLimits;
  signal: AbortSignal;
}

const page = 200;

/** Holds the entries that are kept against the users, and keeps a row for each of whom something becomes. */
export async function look(database: Database, looking: Looking): Promise<Looked> {
  const { run } = looking;
  await database.deleteFrom("reconcile_changes").where("run_id", "=", run).execute();
  const { version, settings } = await currentSettings(database);
  const listed = settings.workspaces.map(({ id }) => id);
  const rows = await database.selectFrom("workspaces").select("id").where("id", "in", listed).orderBy("id").execute();
  const workspaces = rows.map(({ id }) => id);
  const catalogs = await readCatalogs(database, workspaces);
  const all = new Reconciliation({ settings, catalogs }, brakeOf(looking.limits));
  try {
    let unknown = 0;
    for await (const users of pages(database, looking)) {
      const known = users.filter(isKnown);
      unknown += users.length - known.length;
      const facts = await factsOfMany(database, known, workspaces);
      const lines: string[] = [];
      for (const user of known) lines.push(`${JSON.stringify(await requestOf(database, user, facts(user)))}\n`);
      await keepChanges(database, run, known, all.push(lines.join("")));
      // The embedded database answers without leaving this thread, so nobody else would get a turn.
      await setImmediate();
      looking.signal.throwIfAborted();
    }
    return { summary: all.finish().summary, settingsVersion: version, unknown };
  } finally {
    all.free();
  }
}

/** Everybody whom the provider has ever sent. */
async function* pages(database: Database, looking: Looking): AsyncGenerator<Row[]> {
  for (let after = 0; ; ) {
    const users = await readPage(database, looking, after);
    const last = users.at(-1);
    if (!last) return;
    yield users;
    if (users.length < page) return;
    after = last.id;
  }
}

function readPage(database: Database, { run, issuer, source }: Looking, after: number) {
  return database
    .selectFrom("users")
    .leftJoin("reconcile_entries as entry", (join) =>
      join.onRef("entry.id", "=", directoryId(source)).on("entry.run_id", "=", run),
    )
    .select(["users.id", "status", "super_admin as superAdmin", "exempt", "archived_by_sync as archivedBySync"])
    .select([directoryId(source).as("directoryId"), "entry.said"])
    .where("issuer", "in", issuerSpellings(issuer))
    .where("users.id", ">", after)
    .orderBy("users.id")
    .limit(page)
    .execute();
}

type Row = Awaited<ReturnType<typeof readPage>>[number];
type Known = Row & { directoryId: string };

function isKnown(row: Row): row is Known {
  return row.directoryId !== null;
}

/** Of whoever is not on a whole list. */
export const absent: DirectorySaid = { directory: "absent" };

async function requestOf(database: Database, known: Known, { user, ...facts }: FactsOfUser) {
  return {
    id: String(known.id),
    method: "oidc",
    ...(known.said ?? absent),
    ...facts,
    user: { ...user, ...(await factsOfLeaver(database, known)) },
  };
}

async function keepChanges(database: Database, run: number, users: Known[], changes: ReconcileChange[]): Promise<void> {
  if (changes.length === 0) return;
  const byId = new Map(users.map((user) => [String(user.id), user]));
  const rows = changes.flatMap((change) => {
    const user = byId.get(change.id);
    if (!user) return [];
    return {
      run_id: run,
      user_id: user.id,
      directory_id: user.directoryId,
      kind: kindOf(change),
      loses: loses(change),
      said: JSON.stringify(user.said ?? absent),
      change: JSON.stringify(change),
    };
  });
  await database.insertInto("reconcile_changes").values(rows).execute();
}

function kindOf({ user, blocked, workspaces }: ReconcileChange): ChangeKind {
  if (blocked !== undefined) return "blocked";
  if (user === "archive") return "archived";
  if (user === "restore") return "restored";
  return workspaces.some(({ plan }) => plan.status === "change") ? "changed" : "denied";
}

/** Whether it takes something, for those who look through the list; the brake goes by what the engine counts. */
function loses({ user, reason, workspaces }: ReconcileChange): boolean {
  if (user === "archive") return true;
  if (reason !== undefined) return false;
  return workspaces.some(({ plan }) => {
    if (plan.status !== "change") return false;
    const { from, to } = plan.role;
    return plan.leave.length > 0 || (from !== null && roles.indexOf(to) < roles.indexOf(from));
  });
}
