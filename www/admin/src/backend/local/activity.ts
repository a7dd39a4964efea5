// The logins of the demo, as the server's audit has them.

import { effectiveSettings } from "idp-group-sync";
import { outcomeFields } from "../../../../../server/src/login/fields.ts";
import type { AuditDetails, AuditEntry, AuditPage, AuditQuery } from "../answers.js";
import { BackendError } from "../backend.js";
import { type LocalData, type LocalLogin, personOf } from "./data.js";

export function listLogins(data: LocalData, query: AuditQuery): AuditPage {
  const { before = Number.POSITIVE_INFINITY, limit = 50 } = query;
  const found = data.logins
    .map((login, index) => entryOf(data, login, data.firstLogin + index))
    .filter((entry) => entry.id < before && isAskedFor(entry, query))
    .reverse();
  const entries = found.slice(0, limit);
  return { entries, next: found.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

export function readLogin(data: LocalData, id: number): AuditDetails {
  const login = data.logins[id - data.firstLogin];
  if (!login) throw new BackendError({ code: "not-found", message: "there is no such entry of the audit" });
  const { workspaces: _, ...head } = entryOf(data, login, id);
  return {
    ...head,
    workspaces: outcomeFields(login.outcome).workspaces.map(({ id: workspace, plan }) => ({
      workspace,
      applied: login.applied.includes(workspace),
      plan,
      ...textsOf(data, login, workspace),
    })),
  };
}

function entryOf(
  data: LocalData,
  { at, userId, settingsVersion, outcome, applied, change }: LocalLogin,
  id: number,
): AuditEntry {
  const user = data.users.find((one) => one.id === userId);
  const actor = data.users.find((one) => one.id === change?.actorId);
  return {
    id,
    at,
    method: change ? "admin" : "oidc",
    user: user ? personOf(user) : null,
    subject: user?.subject ?? user?.email ?? "",
    allowed: outcome.allowed,
    reason: outcome.reason ?? null,
    userChange: change?.userChange ?? null,
    actor: actor ? personOf(actor) : null,
    note: change?.note ?? null,
    requestId: `demo-${id}`,
    settingsVersion,
    diagnostics: outcome.diagnostics,
    workspaces: outcomeFields(outcome).workspaces.map(({ id: workspace, plan: { resolution, ...plan } }) => ({
      workspace,
      applied: applied.includes(workspace),
      ...plan,
      roleReasons: resolution.roleReasons,
    })),
  };
}

/** As the server has it: what is asked about workspaces has to hold for one and the same. */
function isAskedFor(
  entry: AuditEntry,
  { user, from, to, allowed, requestId, workspace, status, reason, changed }: AuditQuery,
): boolean {
  const at = Date.parse(entry.at);
  if (user !== undefined && entry.user?.id !== user) return false;
  if (from !== undefined && at < Date.parse(from)) return false;
  if (to !== undefined && at >= Date.parse(to)) return false;
  if (requestId !== undefined && entry.requestId !== requestId) return false;
  if (allowed !== undefined && entry.allowed !== allowed) return false;
  if (workspace === undefined && status === undefined && !changed) {
    if (reason === undefined || entry.reason === reason) return true;
  }
  return entry.workspaces.some(
    (plan) =>
      (workspace === undefined || plan.workspace === workspace) &&
      (status === undefined || plan.status === status) &&
      (reason === undefined || plan.reason === reason || entry.reason === reason) &&
      (!changed || plan.applied),
  );
}

function textsOf(
  data: LocalData,
  { settingsVersion }: LocalLogin,
  workspace: string,
): { mapping: string; added: string } {
  const settings = data.versions[settingsVersion - 1]?.settings;
  if (!settings?.workspaces.some(({ id }) => id === workspace)) return { mapping: "", added: "" };
  const { mapping, entries } = effectiveSettings(settings, workspace);
  return entries ? { mapping: settings.mapping, added: entries.add ?? "" } : { mapping, added: "" };
}
