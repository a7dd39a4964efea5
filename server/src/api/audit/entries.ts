// What logins came to, newest first.

import type { Expression, SqlBool } from "kysely";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import { textsOf } from "../../login/explanation.ts";
import { settingsOfVersion } from "../../settings/versions.ts";
import { ApiError } from "../errors.ts";
import type { AuditAnswer, AuditEntryAnswer, AuditQuery } from "../schemas/audit.ts";

type Filters = Static<typeof AuditQuery>;
type EntryInList = Static<typeof AuditAnswer>["entries"][number];

export async function listEntries(
  database: Database,
  { limit = 50, ...filters }: Filters,
): Promise<Static<typeof AuditAnswer>> {
  const rows = await entriesThat(database, filters)
    .orderBy("audit.id", "desc")
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const entries: EntryInList[] = [];
  for (const row of page) entries.push({ ...head(row), workspaces: await plansOf(database, row.id) });
  return { entries, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

function entriesThat(
  database: Database,
  { user, from, to, allowed, requestId, before, ...filters }: Omit<Filters, "limit">,
) {
  let query = withUser(database);
  if (before !== undefined) query = query.where("audit.id", "<", before);
  if (user !== undefined) query = query.where("audit.user_id", "=", user);
  if (from !== undefined) query = query.where("audit.at", ">=", moment(from, "from"));
  if (to !== undefined) query = query.where("audit.at", "<", moment(to, "to"));
  if (requestId !== undefined) query = query.where("audit.request_id", "=", requestId);
  if (allowed !== undefined) query = query.where("audit.allowed", "=", allowed);
  return filterByPlans(query, filters);
}

/** RFC 3339 has leap seconds, dates of JavaScript do not. */
function moment(text: string, path: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new ApiError(400, { code: "invalid-input", message: `\`${text}\` is no moment that is known here`, path });
  }
  return date;
}

/** One and the same plan has to be what was asked for. A reason may also be that of a login that was refused as a whole. */
function filterByPlans(
  query: ReturnType<typeof withUser>,
  { workspace, status, reason, changed = false }: Pick<Filters, "workspace" | "status" | "reason" | "changed">,
) {
  const aboutPlans = workspace !== undefined || status !== undefined || changed;
  if (!aboutPlans && reason === undefined) return query;
  return query.where(({ exists, selectFrom, or, eb }) => {
    let plans = selectFrom("audit_plans").select("audit_id").whereRef("audit_id", "=", "audit.id");
    if (workspace !== undefined) plans = plans.where("workspace_id", "=", workspace);
    if (status !== undefined) plans = plans.where("status", "=", status);
    if (changed) plans = plans.where("applied", "=", true);
    if (reason === undefined) return exists(plans);
    const ofPlan = exists(plans.where("audit_plans.reason", "=", reason));
    const ofLogin: Expression<SqlBool> = eb("audit.reason", "=", reason);
    return or([ofPlan, aboutPlans ? eb.and([ofLogin, exists(plans)]) : ofLogin]);
  });
}

function withUser(database: Database) {
  return database
    .selectFrom("audit")
    .leftJoin("users", "users.id", "audit.user_id")
    .leftJoin("users as actors", "actors.id", "audit.actor_id")
    .select(["audit.id", "audit.at", "audit.method", "audit.subject", "audit.allowed", "audit.reason"])
    .select(["audit.settings_version", "audit.diagnostics", "audit.request_id"])
    .select(["users.id as userId", "users.name", "users.email", "users.email_verified as emailVerified"])
    .select(["audit.user_change as userChange", "audit.note", "actors.id as actorId", "actors.name as actorName"])
    .select(["actors.email as actorEmail", "actors.email_verified as actorEmailVerified"]);
}

type Row = Awaited<ReturnType<ReturnType<typeof withUser>["execute"]>>[number];

function head({ id, at, method, subject, allowed, reason, diagnostics, userId, ...row }: Row) {
  const { name, email, emailVerified, userChange, note, actorId } = row;
  return {
    id,
    at: at.toISOString(),
    method,
    user: personOf(userId, name, email, emailVerified),
    subject,
    allowed,
    reason,
    userChange,
    actor: personOf(actorId, row.actorName, row.actorEmail, row.actorEmailVerified),
    note,
    requestId: row.request_id,
    settingsVersion: row.settings_version,
    diagnostics,
  };
}

function personOf(id: number | null, name: string | null, email: string | null, emailVerified: boolean | null) {
  return id === null ? null : { id, name, email, emailVerified: emailVerified === true };
}

/**
 * A login's plans without what they follow from, which may be long: a token may hold ten thousand groups. The database cannot take them apart,
 * since its operators refuse all of a plan that has a U+0000 anywhere; and only one login's are read at a time.
 */
async function plansOf(database: Database, entry: number): Promise<EntryInList["workspaces"]> {
  const rows = await database
    .selectFrom("audit_plans")
    .select(["workspace_id as workspace", "applied", "status", "reason", "role_from", "role_to", "plan"])
    .where("audit_id", "=", entry)
    .orderBy("workspace_id")
    .execute();
  return rows.map(({ reason, role_from, role_to, plan: { join, leave, keep, blocked, resolution }, ...row }) => ({
    ...row,
    ...{ join, leave, keep, blocked, roleReasons: resolution.roleReasons },
    role: { from: role_from, to: role_to },
    ...(reason !== null && { reason }),
  }));
}

export async function readEntry(database: Database, id: number): Promise<Static<typeof AuditEntryAnswer> | undefined> {
  const row = await withUser(database).where("audit.id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const plans = await database
    .selectFrom("audit_plans")
    .select(["workspace_id", "applied", "plan"])
    .where("audit_id", "=", id)
    .orderBy("workspace_id")
    .execute();
  const settings = await settingsOfVersion(database, row.settings_version);
  return {
    ...head(row),
    workspaces: plans.map(({ workspace_id, applied, plan }) => {
      return { workspace: workspace_id, applied, plan, ...textsOf(settings, workspace_id) };
    }),
  };
}
