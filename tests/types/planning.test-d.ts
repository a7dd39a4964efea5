// What programs must be able to write to plan, administer, sign in and compare; and what the compiler must refuse.

import {
  type Actor,
  applyCommand,
  type Blocked,
  type Catalog,
  defaultSettings,
  type EffectiveSettings,
  effectiveSettings,
  GroupSync,
  type GroupSyncConfig,
  type Guards,
  Impact,
  type ImpactChange,
  type InstanceSettings,
  type LoginOutcome,
  type LoginRequest,
  LoginSync,
  type LoginWorkspace,
  type Membership,
  type Resolution,
  runScenarios,
  type Scenario,
  type SettingsChange,
  type SettingsCommand,
  type SyncPlan,
} from "idp-group-sync";

const catalog: Catalog = { groups: [{ name: "sales", requires: "builder" }] };
const config: GroupSyncConfig = { mapping: "Sales Team -> sales", claim: "groups", catalog };
const sync = new GroupSync(config);

/** A user as an application's database has them: more fields than a membership, and a role that may be absent. */
interface Row {
  role?: string;
  groups: { name: string; grantedBy: "sync" | "manual" }[];
}

export function plan(row: Row, claims: object, guards: Guards): SyncPlan {
  const membership: Membership = { role: row.role ?? null, groups: row.groups };
  return sync.plan(claims, membership, { guards: { lastAdmin: false, ...guards }, explain: false });
}

/** Every status and every guard is known: without one of the cases this would not compile. */
export function carryOut(plan: SyncPlan): string {
  const refused = ({ change, name, guard }: Blocked): string => {
    switch (guard) {
      case "last-admin":
        return `${change satisfies "role" | "join" | "leave"} ${name}`;
      case "seat-limit":
        return name;
    }
  };
  switch (plan.status) {
    case "change":
      return [plan.role.from ?? "new", plan.role.to, ...plan.join, ...plan.leave, ...plan.blocked.map(refused)].join(
        " ",
      );
    case "unchanged":
      return plan.role.to;
    case "skipped":
    case "denied":
      return plan.reason;
  }
}

/** What is stored is read back as it was written. */
export function load(text: string | undefined): InstanceSettings {
  return text === undefined ? defaultSettings("main") : (JSON.parse(text) as InstanceSettings);
}

export function change(settings: InstanceSettings, command: SettingsCommand, actor: Actor): InstanceSettings | string {
  const result: SettingsChange = applyCommand(settings, command, actor);
  switch (result.status) {
    case "applied":
      return result.settings;
    case "confirm":
      return result.warning;
    case "rejected":
      return `${result.code}: ${result.message} ${result.diagnostics.map(({ code }) => code).join()}`;
  }
}

export const commands: SettingsCommand[] = [
  { type: "enable" },
  { type: "set-claim", claim: { name: "memberOf", item: "ldap-cn" } },
  { type: "set-mapping", mapping: "a -> b", workspace: "team" },
  { type: "set-policy", policy: { removal: "synced" } },
  { type: "inherit", workspace: "team", field: "mapping" },
  { type: "remove-workspace", workspace: "main", confirmed: true, newDefault: "team" },
];

export function inheritsAll(settings: InstanceSettings, workspace: string): boolean {
  const { inherited, claim }: EffectiveSettings = effectiveSettings(settings, workspace);
  return inherited.claim && inherited.mapping && inherited.policy && typeof claim !== "string";
}

export function signIn(settings: InstanceSettings, claims: object, workspaces: LoginWorkspace[]): string[] {
  using login = new LoginSync(settings, { main: catalog, ...{ team: catalog } });
  const request: LoginRequest = {
    method: "oidc",
    claims,
    user: { exists: true, superAdmin: false },
    licence: {
      status: "active",
      features: { sso: true, groupSync: true },
      seats: { total: { used: 9, limit: 10 }, roles: { builder: { used: 1, limit: 2 } } },
    },
    workspaces,
  };
  const { allowed, reason, message, workspaces: plans }: LoginOutcome = login.decide(request);
  if (!allowed) return [reason ?? "", message ?? ""];
  return plans.map(({ id, plan: { status } }) => `${id}: ${status}`);
}

/** Users as they come from a file or a network: in chunks of bytes or of text. */
export async function compare(chunks: AsyncIterable<Uint8Array> | Iterable<string>): Promise<string[]> {
  using impact = new Impact(config, { ...config, policy: { noMatch: "deny" } });
  const lines: string[] = [];
  const show = ({ id, effect, before, after }: ImpactChange) =>
    lines.push(
      `${id} ${effect satisfies "denied" | "admitted" | "gains" | "loses" | "changes"} ${before.role} ${after.groups.length}`,
    );
  for await (const chunk of chunks) impact.push(chunk).forEach(show);
  const { changes, summary } = impact.finish();
  changes.forEach(show);
  const admins: number | undefined = summary.roles.admin?.after;
  return [...lines, `${summary.users} ${admins} ${summary.faults.map(({ line, message }) => `${line}: ${message}`)}`];
}

export const scenarios: Scenario[] = [
  { name: "sales people", groups: ["Sales Team"], expect: { role: "builder", groups: ["sales"] } },
  { name: "nobody", claims: {}, membership: { role: null, groups: [] }, expect: { role: null, outcome: "keep" } },
];
export const failed: string[] = runScenarios(config, scenarios).flatMap(({ passed, differences }) =>
  passed ? [] : differences,
);

// @ts-expect-error: the membership is needed
sync.plan({});
// @ts-expect-error: a role that is not known to be there is `null`
sync.plan({}, { groups: [] });
// @ts-expect-error: present groups are objects
sync.planGroups(["Sales Team"], { role: null, groups: ["sales"] });
// @ts-expect-error: nobody else grants groups
sync.planGroups([], { role: null, groups: [{ name: "sales", grantedBy: "robot" }] });
// @ts-expect-error: guards stand in the options
sync.planGroups([], { role: null, groups: [] }, { lastAdmin: true });
// @ts-expect-error: a seat has a limit
sync.planGroups([], { role: null, groups: [] }, { guards: { seats: { total: { used: 1 } } } });
// @ts-expect-error: a plan always has a role to go to
sync.planGroups([], { role: null, groups: [] }).role.to satisfies null;
// @ts-expect-error: there is one version
export const newer: InstanceSettings = { ...defaultSettings("main"), version: 2 };
// @ts-expect-error: there is no such command
export const dropped: SettingsCommand = { type: "drop-workspace", workspace: "team" };
// @ts-expect-error: a workspace inherits nothing else
export const inherited: SettingsCommand = { type: "inherit", workspace: "team", field: "enabled" };
// @ts-expect-error: this command needs a workspace
export const added: SettingsCommand = { type: "add-workspace" };
// @ts-expect-error: who gives the command has to be said
applyCommand(defaultSettings("main"), { type: "enable" });
// @ts-expect-error: only what was applied has settings
applyCommand(defaultSettings("main"), { type: "enable" }, { superAdmin: true }).settings;
// @ts-expect-error: catalogs have the ids of their workspaces
new LoginSync(defaultSettings("main"), [catalog]);
// @ts-expect-error: there is no such member
export const member: LoginWorkspace = { id: "main", member: "owner" };
// @ts-expect-error: the workspaces to decide about have to be said
new LoginSync(defaultSettings("main"), {}).decide({ method: "oidc", user: { exists: true } });
// @ts-expect-error: two configurations are compared
new Impact(config);
// @ts-expect-error: users come as text or bytes
new Impact(config, config).push({ id: "ada", groups: [] });
// @ts-expect-error: a scenario expects something
export const expectsNothing: Scenario = { name: "nothing", groups: [] };
// @ts-expect-error: there is no such outcome
export const allowed: Scenario = { name: "allowed", groups: [], expect: { outcome: "allow" } };

/** What is ignored does not compile: a plan that is not to be carried out has no role to give, and a decision that keeps has no groups. */
export function careless(plan: SyncPlan, resolution: Resolution): unknown[] {
  return [
    // @ts-expect-error a plan may be denied
    plan.join,
    // @ts-expect-error or skipped
    plan.role.to,
    // @ts-expect-error groups may be kept as they are
    resolution.groups,
    // @ts-expect-error and so the role
    resolution.role.length,
  ];
}

/** Rows as a database gives them: frozen, with `null` for what is absent, and with more columns than anybody asked for. */
export function rows(
  row: Readonly<{ id: number; role: string; groups: readonly Readonly<{ name: string; provider: null }>[] }>,
): SyncPlan {
  return sync.plan({}, { ...row, roleProvider: null }, { guards: { lastAdmin: null, seats: null } });
}

/** Whoever takes only what is right gets no mistake past the compiler either. */
// @ts-expect-error there is no such status
export const wrong: LoginWorkspace = { id: "main", member: "owner" };
