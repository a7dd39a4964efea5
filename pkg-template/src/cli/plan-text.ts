// A plan as people read it.
import type { Blocked, RoleChange, SyncPlan } from "idp-group-sync";
import { because, listed, quoted } from "./names.js";
import type { Output } from "./terminal.js";
import { labelled } from "./trace.js";
import { visible } from "./visible.js";

const statuses: Record<SyncPlan["status"], string> = {
  change: "change",
  unchanged: "unchanged: there is nothing to do",
  skipped: "skipped: nothing may change",
  denied: "denied: the policy refuses the user",
};

/** What a reason of a plan means; the codes that only a login gives are not here. */
const meanings: Record<string, string> = {
  "no-match": "no IdP group grants anything known",
  "claim-missing": "the token has no such claim",
  "claim-malformed": "the claim is not a list of group names",
  "claim-incomplete": "the token says that the groups are elsewhere",
  "claim-never-seen": "no token has ever carried the claim",
  "required-group": "the user does not meet what the policy requires",
  "first-login-only": "the policy syncs new members only",
};

/** Why a guard refuses something. */
export const guards: Record<Blocked["guard"], string> = {
  "last-admin": "the last user with the highest role keeps it",
  "seat-limit": "no seat of the licence is left for it",
};

const refused: Record<Blocked["change"], (name: string) => string> = {
  role: (name) => `role ${name} is not given`,
  join: (name) => `${name} is not joined`,
  leave: (name) => `${name} is not left`,
};

/** What a guard refuses, and why, for a list. */
export function refusedText({ change, name, guard }: Blocked): string {
  return `${refused[change](visible(name))}: ${guards[guard]}`;
}

/** What would change for the user, and what a guard refuses. */
export function planLines(plan: SyncPlan, output: Output): string[] {
  const { status, reason, blocked, resolution } = plan;
  const printed = [labelled("plan", statuses[status], output)];
  const add = (label: string, text: string) => printed.push(labelled(label, text, output));
  if (reason !== undefined) add("reason", [reason, meanings[reason]].filter(Boolean).join(": "));
  if (resolution.unmetRequirement) add("not met", listed(resolution.unmetRequirement));
  if (plan.status === "change" || plan.status === "unchanged") {
    const { role, join, leave } = plan;
    // The reasons are those of the resolution; where a guard or a policy came in between, they are not the role's.
    const reasons = role.to === resolution.role ? because(resolution.roleReasons) : "";
    add("role", `${roleChange(role)}${reasons}`);
    if (join.length > 0) add("join", listed(join));
    if (leave.length > 0) add("leave", listed(leave));
  }
  if (plan.status === "skipped")
    add("role", plan.role.from === null ? "none, as it is" : `${visible(plan.role.from)}, as it is`);
  // Nothing is taken from whoever is refused; but to say that they keep it would be untrue.
  if (plan.status !== "denied" && plan.keep.length > 0) add("keep", listed(plan.keep));
  for (const { change, name, guard } of blocked)
    add(
      "blocked",
      `${change} ${quoted(name)}, by ${guard}: ${change === "leave" ? "nobody else is in it" : guards[guard]}`,
    );
  return printed;
}

/** A role before and after. */
export function roleChange({ from, to }: RoleChange): string {
  if (from === null) return `${visible(to)}, for a new member`;
  return from === to ? `${visible(to)}, as it is` : `${visible(from)} -> ${visible(to)}`;
}
