// Plays the audit back: whoever starts with what people had before, and carries out each plan in turn, must end with what they have.

import assert from "node:assert/strict";
import type { Database } from "../../../src/database/schema.ts";
import type { PlanFields } from "../../../src/login/fields.ts";

interface Place {
  role: string | null;
  groups: string[];
}

/** By user and workspace. */
export type Memberships = Map<string, Place>;

export async function membershipsOf(database: Database): Promise<Memberships> {
  const rows = await database.selectFrom("memberships").select(["user_id", "workspace_id", "role"]).execute();
  const groups = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["user_id", "member.workspace_id", "name"])
    .execute();
  const found: Memberships = new Map();
  for (const { user_id, workspace_id, role } of rows) found.set(`${user_id} in ${workspace_id}`, { role, groups: [] });
  for (const { user_id, workspace_id, name } of groups) found.get(`${user_id} in ${workspace_id}`)?.groups.push(name);
  for (const place of found.values()) place.groups.sort();
  return found;
}

/**
 * Fails unless the audit explains everything that people have, and each plan began with what the plan before it left. `before` is what they
 * had when the audit was empty.
 */
export async function membershipsReplayed(database: Database, before: Memberships = new Map()): Promise<void> {
  const plans = await database
    .selectFrom("audit_plans")
    .innerJoin("audit", "audit.id", "audit_id")
    .select(["audit_id", "workspace_id", "applied", "plan", "user_id"])
    .orderBy("audit_id")
    .execute();
  const places: Memberships = new Map(before);
  for (const { audit_id, workspace_id, applied, plan, user_id } of plans) {
    if (user_id === null) continue; // refused, and never created
    const key = `${user_id} in ${workspace_id}`;
    const place = places.get(key) ?? { role: null, groups: [] };
    beganWith(plan, place, `login ${audit_id} of user ${key}`);
    if (applied) places.set(key, { role: plan.role.to, groups: [...plan.keep, ...plan.join].sort() });
  }
  assert.deepEqual(await membershipsOf(database), places, "the audit played back and the memberships differ");
}

/** Fails unless everybody of whom the audit says what became of them is just that. */
export async function statesReplayed(database: Database): Promise<void> {
  const changes = await database
    .selectFrom("audit")
    .select(["user_id", "method", "user_change"])
    .where("user_id", "is not", null)
    .where("user_change", "is not", null)
    .orderBy("id")
    .execute();
  const states = new Map<number, { archived: string | null; exempt: boolean }>();
  for (const { user_id, method, user_change: change } of changes) {
    const state = states.get(user_id ?? 0) ?? { archived: null, exempt: false };
    states.set(user_id ?? 0, state);
    if (change === "archived") state.archived = method === "admin" ? "by hand" : "by sync";
    if (change === "restored") state.archived = null;
    if (change === "exempted") state.exempt = true;
    if (change === "no-longer-exempt") state.exempt = false;
  }
  const users = await database.selectFrom("users").select(["id", "status", "archived_by_sync", "exempt"]).execute();
  const found = users
    .filter(({ id }) => states.has(id))
    .map(({ id, status, archived_by_sync: bySync, exempt }) => {
      return [id, { archived: status !== "archived" ? null : bySync ? "by sync" : "by hand", exempt }] as const;
    });
  assert.deepEqual(new Map(found), states, "the audit played back and the states of users differ");
}

/** The same of instances where people come by signing in alone; also holds that no login is half there. Gives the number of logins. */
export async function auditAgrees(database: Database, before: Memberships = new Map()): Promise<number> {
  await membershipsReplayed(database, before);
  const logins = await database
    .selectFrom("audit")
    .select(["id", "allowed", "user_id", "method"])
    .where("passing", "=", false)
    .orderBy("id")
    .execute();
  const planned = await database.selectFrom("audit_plans").select("audit_id").distinct().execute();
  await nothingHalf(database, logins, new Set(planned.map((plan) => plan.audit_id)));
  return logins.length;
}

function beganWith(plan: PlanFields, { role, groups }: Place, login: string): void {
  assert.equal(plan.role.from, role, `${login}: the role before`);
  assert.deepEqual([...plan.keep, ...plan.leave].sort(), groups, `${login}: the groups before`);
}

interface Login {
  id: number;
  allowed: boolean;
  user_id: number | null;
  method: string;
}

/** A login that came in has plans; whoever came from the identity provider, or has a session or claims, has a login. */
async function nothingHalf(database: Database, logins: Login[], planned: Set<number>): Promise<void> {
  const allowed = logins.filter((login) => login.allowed);
  assert.deepEqual(
    allowed.filter(({ id }) => !planned.has(id)),
    [],
    "logins without plans",
  );
  const cameIn = new Set(allowed.map((login) => login.user_id));
  const bySso = new Set(allowed.filter(({ method }) => method === "oidc").map((login) => login.user_id));
  const from = {
    users: await database
      .selectFrom("users")
      .select("id as user")
      .where("subject", "is not", null)
      .where("status", "<>", "archived")
      .execute(),
    sessions: await database.selectFrom("sessions").select("user_id as user").execute(),
  };
  for (const [table, rows] of Object.entries(from)) {
    assert.deepEqual(
      rows.filter(({ user }) => !cameIn.has(user)),
      [],
      `${table} without a login`,
    );
  }
  const claims = await database.selectFrom("known_claims").select("user_id").execute();
  assert.deepEqual(
    claims.filter(({ user_id }) => !bySso.has(user_id)),
    [],
    "claims without a login",
  );
}
