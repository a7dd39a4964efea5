// What was decided about a login, by which version of what, and what came of it. Rows are only ever added.

import type { LoginOutcome } from "idp-group-sync";
import type { DatabaseTransaction, UserChange } from "../database/schema.ts";
import type { EngineVersion } from "./engines.ts";
import { outcomeFields } from "./fields.ts";

/** What the engine says of a login, or of a user between logins. */
export interface Decision extends Pick<LoginOutcome, "workspaces" | "diagnostics"> {
  allowed: boolean;
  reason?: string | undefined;
}

export interface DecidedLogin {
  at: Date;
  requestId: string;
  method: string;
  userId: number | null;
  subject: string;
  version: EngineVersion;
  outcome: Decision;
  /** The workspaces whose plans were carried out. */
  applied: Set<string>;
  /** Whether it may be forgotten when there are many such. */
  passing?: boolean;
  /** What became of the user, where it was no login. */
  userChange?: UserChange | null;
  /** The admin who did it, and why. */
  actor?: { id: number; note: string | null } | null;
}

export async function writeAudit(transaction: DatabaseTransaction, login: DecidedLogin): Promise<number> {
  const { outcome } = login;
  const { id } = await transaction
    .insertInto("audit")
    .values({
      at: login.at,
      request_id: login.requestId,
      method: login.method,
      user_id: login.userId,
      subject: login.subject,
      allowed: outcome.allowed,
      reason: outcome.reason ?? null,
      settings_version: login.version.settings,
      catalog_versions: JSON.stringify(login.version.catalogs),
      diagnostics: JSON.stringify(outcome.diagnostics),
      passing: login.passing ?? false,
      user_change: login.userChange ?? null,
      actor_id: login.actor?.id ?? null,
      note: login.actor?.note ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (outcome.workspaces.length > 0) {
    const rows = outcomeFields(outcome).workspaces.map(({ id: workspace, plan }) => ({
      audit_id: id,
      workspace_id: workspace,
      status: plan.status,
      reason: plan.reason ?? null,
      role_from: plan.role.from,
      role_to: plan.role.to,
      applied: login.applied.has(workspace),
      plan: JSON.stringify(plan),
    }));
    await transaction.insertInto("audit_plans").values(rows).execute();
  }
  return id;
}
