// What a user has, and why: their memberships, and the newest login that looked at each workspace.

import { effectiveSettings, type InstanceSettings } from "idp-group-sync";
import type { Database, UserStatus } from "../database/schema.ts";
import { settingsOfVersion } from "../settings/versions.ts";
import type { PlanFields } from "./fields.ts";

export interface WorkspaceExplanation {
  id: string;
  name: string;
  status: UserStatus;
  role: string;
  groups: { name: string; grantedBy: "sync" | "manual" }[];
  /** `null` if no single sign-on has synced this workspace. */
  decision: ({ auditId: number; at: Date; plan: PlanFields; applied: boolean } & Texts) | null;
}

/** The text that the places in a plan are places of; and the workspace's own, where it differs from the instance's by entry. */
export interface Texts {
  mapping: string;
  added: string;
}

export async function explainUser(database: Database, userId: number): Promise<WorkspaceExplanation[]> {
  const memberships = await database
    .selectFrom("memberships")
    .innerJoin("workspaces", "workspaces.id", "memberships.workspace_id")
    .select(["workspaces.id", "workspaces.name", "memberships.status", "memberships.role"])
    .where("user_id", "=", userId)
    .orderBy("workspaces.name")
    .execute();
  const groups = await database
    .selectFrom("group_memberships as member")
    .innerJoin("groups", "groups.id", "member.group_id")
    .select(["member.workspace_id", "groups.name", "member.granted_by as grantedBy"])
    .where("member.user_id", "=", userId)
    .orderBy("groups.id")
    .execute();
  const decisions = await newestDecisions(database, userId);
  return memberships.map((membership) => ({
    ...membership,
    groups: groups.filter((group) => group.workspace_id === membership.id),
    decision: decisions.get(membership.id) ?? null,
  }));
}

/** For each workspace, what the newest single sign-on of this user came to there. */
async function newestDecisions(database: Database, userId: number) {
  const rows = await database
    .selectFrom("audit_plans")
    .innerJoin("audit", "audit.id", "audit_plans.audit_id")
    .distinctOn("audit_plans.workspace_id")
    .select(["audit.id", "audit.at", "audit.settings_version", "workspace_id", "plan", "applied"])
    .where("audit.user_id", "=", userId)
    .where("audit.method", "=", "oidc")
    .where("audit.allowed", "=", true)
    .orderBy("workspace_id")
    .orderBy("audit.id", "desc")
    .execute();
  const decisions = new Map<string, NonNullable<WorkspaceExplanation["decision"]>>();
  for (const { id, at, settings_version: version, workspace_id: workspace, plan, applied } of rows) {
    const texts = textsOf(await settingsOfVersion(database, version), workspace);
    decisions.set(workspace, { auditId: id, at, plan, applied, ...texts });
  }
  return decisions;
}

export function textsOf(settings: InstanceSettings | undefined, workspace: string): Texts {
  if (!settings?.workspaces.some(({ id }) => id === workspace)) return { mapping: "", added: "" };
  const { mapping, entries } = effectiveSettings(settings, workspace);
  return entries ? { mapping: settings.mapping, added: entries.add ?? "" } : { mapping, added: "" };
}
