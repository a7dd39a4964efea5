// A plan as sentences. What it decides is the engine's.

import type { Blocked, Match, RoleReason } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import type { AuditDetails } from "../../backend/answers.js";
import { messages } from "../../messages/language.js";
import { labelled } from "./groups.js";

/** A plan as it is told, whatever its status. */
export type Plan = AuditDetails["workspaces"][number]["plan"];

/** The same without what it follows from. */
export type PlanHead = Omit<Plan, "resolution">;

/** What a plan changes, a sentence each; for a plan that changes nothing, the one that says so. */
export function planSentences(plan: PlanHead, past: boolean): Text[] {
  const m = past ? messages().done : messages().plan;
  const { status, role, join, leave } = plan;
  if (status === "denied") return [m.denied, ...reasonSentence(plan)];
  if (status === "skipped") return [m.skipped, ...reasonSentence(plan)];
  if (status === "unchanged") return [m.unchanged(role.to)];
  return [
    ...(role.from === role.to ? [] : [role.from === null ? m.gets(role.to) : m.becomes(role.from, role.to)]),
    ...(join.length > 0 ? [m.joins(join)] : []),
    ...(leave.length > 0 ? [m.leaves(leave)] : []),
    ...reasonSentence(plan),
  ];
}

function reasonSentence({ reason }: PlanHead): Text[] {
  return reason === undefined ? [] : [reasonText(reason)];
}

/** Why something was kept from following the groups, or a login refused. */
export function reasonText(code: string): string {
  const known: Record<string, string> = messages().reasons;
  return known[code] ?? code;
}

export function blockedText({ change, name, guard }: Blocked): Text {
  const m = messages().blocked;
  return m[change](name, m.guards[guard]);
}

export function roleReasonText(reason: RoleReason): Text {
  const m = messages().roleReasons;
  switch (reason.kind) {
    case "default":
      return m.default;
    case "role-group":
      return m.roleGroup(labelled(reason.idpGroup));
    case "required-by":
      return m.requiredBy(reason.group);
    case "kept":
      return m.kept;
  }
}

export function claimText(resolution: Plan["resolution"]): Text {
  const { status, groups, path } = resolution.claim;
  const m = messages().claimStates;
  return status === "present" ? m.present(groups.length, path.join(" › ")) : m[status];
}

export function viaText({ via, grants, nearMisses }: Match): string {
  const m = messages().via;
  if (via === "none") return nearMisses.length > 0 ? m.nearly : m.none;
  return via === "mapping" && grants.some(({ entry }) => entry) ? m.mapping : m[via];
}
