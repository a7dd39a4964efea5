// A plan in words. What it decides is the engine's; here is only how to say it.

import type { Blocked, Diagnostic, Grant, Match, RoleReason } from "idp-group-sync";
import type { Texts } from "../login/explanation.ts";
import type { PlanFields } from "../login/fields.ts";
import { type Html, html } from "./html.ts";

export function statusText({ status, reason }: PlanFields): string | null {
  if (reason === undefined) return null;
  const why = reasons[reason] ?? reason;
  return status === "change" ? `You have the lowest role here: ${why}.` : `Nothing was changed here: ${why}.`;
}

const reasons: Record<string, string> = {
  "no-match": "none of your groups at the identity provider grants anything here",
  "claim-missing": "your token has no groups",
  "claim-malformed": "the groups in your token cannot be read",
  "claim-incomplete": "your token says that your groups are kept elsewhere",
  "claim-never-seen": "no token has ever carried the groups",
  "required-group": "you are not in a group that is required here",
  "first-login-only": "group sync concerns new members only",
  "not-sso": "you did not sign in with single sign-on",
  exempt: "your account is exempt from group sync",
  "sync-disabled": "group sync is switched off",
  "workspace-disabled": "group sync is switched off for this workspace",
  archived: "you are archived in this workspace",
  "not-a-member": "you are not a member of this workspace",
  "invalid-mapping": "the group mapping of this workspace has errors",
  "unknown-workspace": "the workspace is not known",
  "invalid-membership": "the role that you have is not known in this workspace",
};

export function roleReasonText(reason: RoleReason): Html {
  switch (reason.kind) {
    case "default":
      return html`no group of yours gives a role, so it is the lowest`;
    case "role-group":
      return html`your group <code>${reason.idpGroup}</code> gives this role`;
    case "required-by":
      return html`the group <code>${reason.group}</code> needs this role`;
    case "kept":
      return html`you had this role before, and keep it`;
  }
}

export function viaText({ via, nearMisses }: Match): Html {
  switch (via) {
    case "mapping":
      return html`by the mapping`;
    case "name":
      return html`by its name`;
    case "none":
      return nearMisses.length === 0
        ? html`nothing here has this name`
        : html`nothing here has this name; alike, but not the same: ${nearMisses.map((name) => html`<code>${name}</code> `)}`;
  }
}

/** What a group grants, and the entry of the mapping that says so. */
export function grantText({ target, kind, entry, text: own }: Grant, { mapping, added }: Texts): Html {
  const what = { role: "role", group: "group", unknown: "unknown, so nothing:" }[kind];
  const text = html`${what} <code>${target}</code>`;
  if (!entry) return text;
  return html`${text}<div class="mark">line ${entry.line}: <code>${(own === "workspace" ? added : mapping).slice(entry.start, entry.end)}</code></div>`;
}

export function blockedText({ change, name, guard }: Blocked): Html {
  const why = guard === "last-admin" ? "you are the last admin here" : "no seat of the licence is left";
  return change === "join"
    ? html`you did not join <code>${name}</code>: ${why}`
    : html`you did not get the role <code>${name}</code>: ${why}`;
}

/** What is doubtful about the token, in the engine's words. What it merely notes is for administrators. */
export function doubts({ resolution }: PlanFields): Diagnostic[] {
  return resolution.diagnostics.filter(({ severity }) => severity !== "info");
}
