// What has to come up in every run of some thousand cases: every word of the guides that a result can hold.

import { counted } from "./coverage.ts";

const each = (prefix: string, words: string[]) => words.map((word) => `${prefix} ${word}`);

const ofResolutions = (where: string) => [
  ...each(`${where}: claim`, ["present", "empty", "missing", "malformed", "incomplete"]),
  ...each(`${where}: outcome`, ["resolved", "no-match", "keep", "deny"]),
  ...each(`${where}: role reason`, ["role-group", "required-by", "default"]),
  ...each(`${where}: match via`, ["mapping", "name", "none"]),
  ...each(`${where}: grant`, ["role", "group", "unknown", "role by name", "group by name"]),
  ...each(`${where}: diagnostic`, ["unknown-target", "raised-by-group", "claim-missing", "claim-case"]),
  ...each(`${where}: diagnostic`, ["claim-malformed", "claim-incomplete", "claim-looks-delimited", "claim-empty-item"]),
  `${where}: near miss`,
  `${where}: unmet requirement`,
  ...each(`${where}: grant`, ["role by a condition", "group by a condition", "unknown by a condition"]),
  ...each(`${where}: unmet`, ["name", "pattern", "excluded name", "excluded pattern"]),
];

const ofPlans = (where: string) => [
  ...ofResolutions(where),
  ...each(`${where}: status`, ["change", "unchanged", "skipped", "denied"]),
  ...each(`${where}: reason`, ["no-match", "claim-missing", "claim-malformed", "claim-incomplete"]),
  ...each(`${where}: reason`, ["claim-never-seen", "required-group", "first-login-only"]),
  `${where}: provider`,
  ...each(`${where}: blocked`, ["role by last-admin", "role by seat-limit", "join by seat-limit"]),
  `${where}: diagnostic last-admin-unknown`,
  `${where}: role reason kept`,
  `${where}: join`,
  `${where}: leave`,
  `${where}: keep`,
  `${where}: new member`,
  `${where}: new member by a rule`,
  `${where}: a role between the present and the wanted one`,
];

const states = ["present", "empty", "missing", "malformed", "incomplete"];

const items = ["text", "key", "last-path-segment", "ldap-cn", "ldap-ou", "field"];

const expected = [
  ...["one", "names", "several"].flatMap((said) => each(`claims: ${said}:`, states.slice(0, 4))),
  "claims: one: incomplete",
  ...items.flatMap((item) => each(`claims: item ${item}:`, ["present", "missing", "malformed"])),
  ...["decode json", "decode bracketed", "delimiter", "prefix", "required", "star", "item flag"].flatMap((option) =>
    each(`claims: ${option}:`, ["present", "missing"]),
  ),
  ...each("claims: diagnostic", ["claim-missing", "claim-case", "claim-malformed", "claim-looks-encoded"]),
  ...each("claims: diagnostic", ["claim-too-many-groups", "claim-incomplete", "claim-looks-delimited"]),
  ...each("claims: diagnostic", ["claim-empty-item", "claim-item-skipped"]),

  ...ofResolutions("resolve"),
  ...ofPlans("plan"),
  ...each("plan: invalid-input", ["membership.role", "options.guards.seats.roles"]),
  "plan: diagnostic claim-too-many-groups",

  ...ofPlans("login"),
  ...each("login: reason", ["not-sso", "sync-disabled", "workspace-disabled", "archived", "not-a-member"]),
  ...each("login: reason", ["invalid-mapping", "unknown-workspace", "invalid-membership"]),
  "login: allowed",
  ...each("login: refused", ["user-archived", "password-login-disabled", "unknown-user", "sso-unavailable"]),
  ...each("login: refused", ["signup-disabled", "seat-limit-reached", "denied-by-policy"]),
  ...each("login: method", ["oidc", "password", "saml", "OIDC", "ldap", "scim"]),
  ...each("login: diagnostic", ["custom-groups-unlicensed", "invalid-membership", "method-not-synced"]),
  ...each("login: invalid-input", ["request.claims", "request"]),
  "login: reason exempt",
  ...["grant", "unmet", "diagnostic unknown-target"].flatMap((what) =>
    each(`login: ${what} of the text`, ["instance", "workspace"]),
  ),
  "login: diagnostic without-nothing",

  ...each("command:", ["enable", "disable", "set-claim", "set-mapping", "set-policy", "inherit", "add-workspace"]),
  ...each("command:", ["enable-workspace", "disable-workspace", "remove-workspace", "set-default-workspace"]),
  ...each("command:", ["set-entries", "set-entry", "applied", "confirm"]),
  ...each("command: diagnostic add:", ["duplicate-entry", "empty-entry", "contradiction", "capture-without-pattern"]),
  ...each("command: diagnostic without:", ["duplicate-entry", "empty-entry", "contradiction", "without-nothing"]),
  ...each("effective: diagnostic", ["without-nothing", "duplicate-entry", "contradiction", "empty-entry"]),
  ...each("command: rejected", ["not-super-admin", "unknown-workspace", "last-enabled-workspace", "already-listed"]),
  ...each("command: rejected", [
    "default-needs-successor",
    "invalid-mapping",
    "invalid-claim-name",
    "invalid-settings",
  ]),
  ...each("command: diagnostic", ["duplicate-entry", "empty-entry", "missing-arrow", "contradiction"]),
  ...each("command: diagnostic", ["capture-without-pattern", "condition-without-group"]),
  ...each("command: diagnostic", ["too-many-terms", "too-many-stars"]),
  ...each("settings: fault", ["settings.version", "settings.claim.name", "settings.claim.delimiter"]),
  ...each("settings: fault", [
    "settings.claim.item.field",
    "settings.workspaces[n].claim.name",
    "settings.workspaces[n].id",
  ]),
  ...each("settings: fault", ["settings.policy.require", "settings.workspaces[n].policy.require"]),
  ...each("settings: fault", [
    "settings.workspaces[n].entries",
    "settings.workspaces[n].entries.add",
    "settings.workspaces[n].entries.without",
  ]),
  ...each("settings: fault", ["settings.workspaces", "settings.defaultWorkspace", "settings.mapping"]),

  ...each("impact:", [
    ...["denied", "admitted", "gains", "loses", "changes", "unchanged"],
    ...["top role lost", "blocked by last-admin", "blocked by seat-limit"],
  ]),
  ...each("login impact:", [
    ...["refused", "readmitted", "denied", "admitted", "gains", "loses", "changes", "unchanged"],
    ...["top role lost", "blocked by seat-limit"],
  ]),
  ...["name", "pattern"].flatMap((kind) => each(`diff: ${kind}`, ["denied", "admitted", "gains", "loses", "changes"])),
  ...["any-other", "no-groups"].flatMap((kind) => each(`diff: ${kind}`, ["denied", "admitted", "gains", "loses"])),
  ...each("diff:", ["policy.matchByName", "policy.noMatch", "policy.missingClaim", "policy.unreadableClaim"]),
  ...each("diff:", ["policy.compare", "policy.require", "policy.demotion", "policy.syncOn", "policy.whenGone"]),
  ...each("diff:", ["policy.roleWithoutRoleGroup", "policy.removal", "policy.nonMembers", "policy.protectLastAdmin"]),
  ...each(
    "diff: condition",
    ["gains", "loses", "changes"].map((effect) => `${effect} beside conditions`),
  ),
  "diff: alike beside conditions",
  "diff: nothing changes",
  ...["only role", "only group", "never role", "never group"].flatMap((kind) =>
    each(`guarantee: ${kind}`, ["holds", "fails"]),
  ),
  ...each("guarantee: by", ["an entry", "its name"]),
  ...each("guarantee: counterexample of", ["0", "1", "2", "3"]),
  ...each("reconcile:", ["keep", "create", "restore", "archive inactive", "archive absent"]),
  ...each("reconcile: keep", ["not-sso", "sso-unavailable", "sync-disabled", "exempt", "unknown-user", "archived"]),
  ...each("reconcile: keep", ["kept-by-policy", "archived-by-hand", "denied-by-policy"]),
  ...each("reconcile: blocked by", ["last-super-admin", "seat-limit"]),
  ...each("scenario:", ["passed", "differs in role", "differs in groups", "differs in outcome"]),
];

/** What of it did not come up. */
export function missing(): string[] {
  const found = new Set(counted().map(([what]) => what));
  return expected.filter((what) => !found.has(what));
}
