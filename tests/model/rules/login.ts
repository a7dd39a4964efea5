// docs/login.md: one decision for all workspaces.

import type { Catalog, InstanceSettings, LoginRequest, LoginWorkspace } from "idp-group-sync";
import { defaultRole, inCatalogOrder } from "./catalog.ts";
import { type Reading, readClaim, readGroupList } from "./claims.ts";
import type { Configuration } from "./configuration.ts";
import type { Reader } from "./mapping.ts";
import { type LicenceLimits, type ModelPlan, membershipFault, plan, presentOf } from "./planning.ts";
import { type ModelResolution, type Remark, resolve } from "./resolving.ts";
import { effectiveSettings, listed } from "./settings.ts";

export interface ModelOutcome {
  allowed: boolean;
  reason?: string;
  message?: string;
  workspaces: { id: string; plan: ModelPlan }[];
  remarks: Remark[];
}

/** What `new LoginSync` is given, and how to read its texts. */
export interface Instance {
  settings: InstanceSettings;
  catalogs: Record<string, Catalog>;
  read: Reader;
}

interface Decided {
  plan: ModelPlan;
  remark?: Remark;
}

/** "The steps": `throws` is the path of the error that is thrown instead of an outcome. */
export function decide(instance: Instance, request: LoginRequest): ModelOutcome | { throws: string } {
  const refusal = refusedAtTheDoor(request);
  if (refusal)
    return { allowed: false, reason: refusal, message: messageOf(refusal, request), workspaces: [], remarks: [] };
  // "That `oidc` has claims, only once the steps 1 to 4 have refused nothing."
  const hasGroups = request.groups != null;
  if (request.claims != null && hasGroups) return { throws: "request" };
  if (syncs(request.method) && request.claims == null && !hasGroups) return { throws: "request.claims" };

  // 6. The workspaces, each by itself.
  const decided = request.workspaces.map((workspace) => ({
    workspace,
    ...decideWorkspace(instance, request, workspace),
  }));
  const remarks = decided.flatMap(({ remark }) => (remark ? [remark] : []));
  if (!syncs(request.method) && (request.claims != null || hasGroups)) {
    remarks.push({ code: "method-not-synced" });
  }
  const customGroups = request.licence?.features.customGroups ?? true;
  if (syncs(request.method) && instance.settings.enabled && !customGroups && !request.user.exempt) {
    remarks.push({ code: "custom-groups-unlicensed" });
  }
  const workspaces = decided.map(({ workspace, plan }) => ({ id: workspace.id, plan }));

  // 7. Denied by policy, if at least one plan is denied and no workspace admits the user.
  const isDenied = decided.some(({ plan }) => plan.status === "denied");
  const isAdmitted = decided.some(({ workspace, plan }) => admits(workspace, plan));
  if (isDenied && !isAdmitted) {
    const reason = "denied-by-policy";
    return { allowed: false, reason, message: messageOf(reason, request), workspaces, remarks };
  }
  return { allowed: true, workspaces, remarks };
}

/** The steps 1 to 4. */
function refusedAtTheDoor(request: LoginRequest): string | undefined {
  const { method, user, licence, signup } = request;
  // 1. Archived users.
  if (user.status === "archived") return "user-archived";
  // 2. Passwords.
  if (method === "password") {
    if (!takesPassword(request)) return "password-login-disabled";
    return user.exists ? undefined : "unknown-user";
  }
  // 3. The licence.
  if (syncs(method) && !isLicensed(licence)) return "sso-unavailable";
  // 4. New users.
  if (user.exists) return undefined;
  if (signup === false) return "signup-disabled";
  const total = licence?.seats?.total;
  return total && total.used >= total.limit ? "seat-limit-reached" : undefined;
}

/** "`oidc`, `saml`, `ldap` or `scim`, compared exactly". */
export function syncs(method: string): boolean {
  return ["oidc", "saml", "ldap", "scim"].includes(method);
}

export function isLicensed(licence: LoginRequest["licence"]): boolean {
  if (!licence) return true;
  const { status, features } = licence;
  return status === "active" && features.sso && features.groupSync;
}

/** "A super admin who exists is let in all the same while step 3 would refuse single sign-on." */
function takesPassword({ passwordLogin, user, licence }: LoginRequest): boolean {
  return passwordLogin !== false || (user.exists && user.superAdmin === true && !isLicensed(licence));
}

/** The table of "The steps". */
function messageOf(reason: string, request: LoginRequest): string {
  switch (reason) {
    case "user-archived":
      return "Your account is archived. Ask your administrator to restore it.";
    case "password-login-disabled":
      return isLicensed(request.licence)
        ? "Signing in with a password is switched off. Use single sign-on instead."
        : "Signing in with a password is switched off, and single sign-on is not available at present. Ask your administrator.";
    case "unknown-user":
      return "There is no account with these credentials.";
    case "sso-unavailable":
      return takesPassword(request)
        ? "Single sign-on is not available at present. Sign in with your password instead."
        : "Single sign-on is not available at present. Ask your administrator for another way in.";
    case "signup-disabled":
      return "New accounts are not created by signing in. Ask your administrator for an invitation.";
    case "seat-limit-reached":
      return "There is no free seat for a new account. Ask your administrator for one.";
    default:
      return "Your groups at the identity provider give you no access here. Ask your administrator.";
  }
}

/** "A workspace of the request admits the user if …" */
function admits({ member }: LoginWorkspace, { status }: ModelPlan): boolean {
  if (status === "change" || status === "unchanged") return true;
  return status === "skipped" && (member === "active" || member === "invited");
}

/** "Each workspace": the first row that holds gives the plan. */
function decideWorkspace(instance: Instance, request: LoginRequest, workspace: LoginWorkspace): Decided {
  const { settings, catalogs, read } = instance;
  const { id, member, membership, guards } = workspace;
  const { provider, claimSeen } = request;
  const isDefault = id === settings.defaultWorkspace;
  const catalog = Object.hasOwn(catalogs, id) ? catalogs[id] : undefined;
  const skip = (reason: string, resolution = empty()): Decided => ({
    plan: skipped(workspace, catalog, reason, resolution),
  });
  const joins = !request.user.exists && isDefault && member !== "archived" && membership?.role == null;
  const skipOrJoin = (reason: string): Decided => (joins ? { plan: joined(workspace, catalog, reason) } : skip(reason));

  // Rows 0 to 5.
  if (request.user.exempt) return skip("exempt");
  if (!syncs(request.method)) return skip("not-sso");
  if (!settings.enabled) return skipOrJoin("sync-disabled");
  const effective = effectiveSettings(settings, id, read);
  if (!effective || !listed(settings, id)?.enabled) return skipOrJoin("workspace-disabled");
  if (member === "archived") return skip("archived");
  const nonMembers = member === "none" && !isDefault ? (effective.policy.nonMembers ?? "matched") : "all";
  if (nonMembers === "none") return skip("not-a-member");

  // Rows 6 to 8.
  if (!catalog) return skip("unknown-workspace");
  const { mapping, codes } = effective;
  if (mapping.broken) {
    return skip("invalid-mapping", { ...empty(), remarks: [...mapping.codes, ...codes].map((code) => ({ code })) });
  }
  const fault = membershipFault(catalog, membership, guards);
  if (fault) {
    // "invalid-membership": the paths are those of the request's workspace.
    const path = fault.replace("options.", "");
    return { ...skip("invalid-membership"), remark: { code: "invalid-membership", params: { workspace: id, path } } };
  }

  // Rows 9 and 10.
  const configuration: Configuration = { mapping, claim: effective.claim, catalog, policy: effective.policy };
  const claim = request.groups ? readGroupList(request.groups) : readClaim(request.claims ?? {}, effective.claim);
  const explain = request.explain ?? true;
  const licence: LicenceLimits = {
    customGroups: request.licence?.features.customGroups ?? true,
    seats: request.licence?.seats,
  };
  const planned = plan(configuration, claim, membership, { guards, provider, claimSeen }, explain, licence);
  if (nonMembers === "matched" && resolve(configuration, claim, false, undefined, claimSeen).outcome !== "resolved") {
    return skip("not-a-member", planned.resolution);
  }
  return { plan: planned };
}

/** "A skipped plan changes nothing." */
function skipped(
  { membership }: LoginWorkspace,
  catalog: Catalog | undefined,
  reason: string,
  resolution: ModelResolution,
): ModelPlan {
  const present = presentOf(membership, undefined);
  const names = present.groups.map((group) => group.name);
  const keep = inCatalogOrder(catalog ?? { groups: [] }, names);
  const role = present.role ?? (catalog ? defaultRole(catalog) : "end-user");
  return {
    status: "skipped",
    reason,
    role: { from: present.role, to: role },
    join: [],
    leave: [],
    keep,
    blocked: [],
    resolution,
  };
}

/** "A new user joins the default workspace": a `change`, with the default role and no groups, and the same reason. */
function joined(workspace: LoginWorkspace, catalog: Catalog | undefined, reason: string): ModelPlan {
  return { ...skipped(workspace, catalog, reason, empty()), status: "change" };
}

/** "`resolution` is empty, with the claim `missing` and the outcome `keep`." */
function empty(): ModelResolution {
  const claim: Reading = { status: "missing", groups: [], path: [], codes: [] };
  return { claim, outcome: "keep", role: null, roleReasons: [], groups: [], matches: [], unmet: [], remarks: [] };
}
