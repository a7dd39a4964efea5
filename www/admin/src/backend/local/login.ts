// A login in the demo: the engine decides, and its plans are carried out on what the browser keeps.

import {
  type ClaimOptions,
  type InstanceSettings,
  type LoginOutcome,
  LoginSync,
  type LoginWorkspace,
} from "idp-group-sync";
import { type LoginFacts, loginRequest } from "../../../../../server/src/login/login-request.ts";
import { claimsOf, isCarried, sparingUnseen } from "../../../../../server/src/login/unseen-claims.ts";
import type { LocalData, LocalUser } from "./data.js";

/** What a demonstration has no use for limiting. */
const licence = { status: "active" as const, features: { sso: true, groupSync: true, customGroups: true } };
/** The demo keeps as many logins as fit easily into a browser's storage. */
const kept = 200;

/** What a login with these claims would come to; `user` is `null` for somebody new. */
export function decide(
  data: LocalData,
  settings: InstanceSettings,
  user: LocalUser | null,
  claims: object,
): { outcome: LoginOutcome; workspaces: LoginWorkspace[] } {
  const existing = data.workspaces.map(({ id }) => id);
  const catalogs = Object.fromEntries(data.workspaces.map(({ id, catalog }) => [id, catalog]));
  const unseen = unseenOf(data, claimsOf(settings));
  const request = loginRequest(factsOf(data, user), { settings, existing, claims, unseen });
  const sync = new LoginSync(sparingUnseen(settings, unseen), catalogs);
  try {
    return { outcome: sync.decide(request), workspaces: request.workspaces };
  } finally {
    sync.free();
  }
}

/** Signs somebody in with the token that they bring. Gives the number of the entry in the activity. */
export function signIn(data: LocalData, user: LocalUser, at: Date): number {
  const settings = data.versions.at(-1)?.settings;
  if (!settings || !user.token) throw new Error("nobody can sign in without settings and a token");
  const { outcome, workspaces } = decide(data, settings, user, user.token);
  const applied: string[] = [];
  for (const { id, plan } of outcome.allowed ? outcome.workspaces : []) {
    const member = workspaces.find((workspace) => workspace.id === id)?.member;
    if (plan.status !== "change" || member === "invited") continue;
    const before = user.memberships[id];
    const staying = before?.groups.filter(({ name }) => !plan.leave.includes(name)) ?? [];
    const joined = plan.join.map((name) => ({ name, grantedBy: "sync" as const }));
    const isNew = plan.role.from !== plan.role.to;
    user.memberships[id] = {
      status: before?.status ?? "active",
      role: plan.role.to,
      roleGrantedBy: isNew ? "sync" : (before?.roleGrantedBy ?? "manual"),
      groups: [...staying, ...joined],
    };
    applied.push(id);
  }
  user.claims = { at: at.toISOString(), claims: user.token };
  data.logins.push({ at: at.toISOString(), userId: user.id, settingsVersion: data.versions.length, outcome, applied });
  while (data.logins.length > kept) {
    data.logins.shift();
    data.firstLogin += 1;
  }
  return data.firstLogin + data.logins.length - 1;
}

/** Those of the claims that nobody has had yet. */
export function unseenOf({ users }: LocalData, claims: ClaimOptions[]): ClaimOptions[] {
  const tokens = users.flatMap(({ claims: kept }) => (kept ? [kept.claims as object] : []));
  return claims.filter((claim) => !tokens.some((token) => isCarried(token, claim)));
}

/** What the engine is told about somebody besides settings and claims. */
export function factsOf(data: LocalData, user: LocalUser | null): LoginFacts {
  return {
    user: user
      ? { exists: true, status: user.status, superAdmin: user.superAdmin, exempt: user.exempt ?? false }
      : { exists: false },
    licence,
    workspaces: user ? workspacesOf(data, user) : [],
  };
}

function workspacesOf(data: LocalData, user: LocalUser): LoginWorkspace[] {
  return data.workspaces.flatMap(({ id }) => {
    const membership = user.memberships[id];
    if (!membership) return [];
    const { status, role, roleGrantedBy = "manual", groups } = membership;
    const guards = { lastAdmin: isLastAdmin(data, user, id) };
    return [{ id, member: status, membership: { role, roleGrantedBy, groups }, guards }];
  });
}

/** Whether a workspace has no other active admin. */
export function isLastAdmin(data: LocalData, user: LocalUser, workspace: string): boolean {
  const highest = data.workspaces.find(({ id }) => id === workspace)?.catalog.roles?.at(-1);
  return !data.users.some(({ id, status, memberships }) => {
    const own = memberships[workspace];
    return id !== user.id && status !== "archived" && own?.status === "active" && own.role === highest;
  });
}
