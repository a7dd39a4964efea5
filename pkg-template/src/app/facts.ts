// What the engine has to know about a user, as the store says it.

import type { Guards, LoginRequest, LoginUser, LoginWorkspace, Membership, Seat } from "idp-group-sync";
import { ONLY_WORKSPACE, type Rulebook } from "./configuration.js";
import type { Others, StoredMembership, StoredUser } from "./store.js";

/** The workspaces to decide about: those of the settings, and every other one in which the user is something. */
export function workspacesOf({ settings }: Rulebook, user: StoredUser | null): string[] {
  const others = user?.memberships.map(({ workspace }) => workspace) ?? [];
  return [...new Set([...settings.workspaces.map(({ id }) => id), ...others])];
}

/** What holds for the instance and in each workspace, for one user. */
export function factsOf(
  rulebook: Rulebook,
  user: StoredUser | null,
  others: Others,
): Required<Pick<LoginRequest, "user" | "licence" | "workspaces">> {
  const { total, roles = {} } = rulebook.limits;
  const seats = {
    ...(total !== undefined && { total: { used: others.users, limit: total } }),
    ...(rulebook.roleSet.size === 0 && { roles: seatsOf(roles, others.roles) }),
  };
  return {
    user: loginUser(rulebook, user, others),
    licence: { ...rulebook.licence, seats },
    workspaces: workspacesOf(rulebook, user).map((id) => loginWorkspace(id, rulebook, user, others)),
  };
}

function loginUser(rulebook: Rulebook, user: StoredUser | null, others: Others): LoginUser {
  if (user === null) return { exists: false };
  const { status = "active", archivedBy, exempt = false, superAdmin = false } = user;
  const lastAdmin = isLastAdmin(rulebook, user, others);
  return {
    exists: true,
    status,
    archivedBy: archivedBy ?? "manual",
    exempt,
    superAdmin: superAdmin || lastAdmin,
    lastSuperAdmin: lastAdmin || others.superAdmins === 0,
  };
}

/** Whether an application without workspaces would be left without anybody who holds its highest role, or one that is protected. */
function isLastAdmin(
  { catalogs, roleSet, protectedRoles, settings }: Rulebook,
  user: StoredUser,
  others: Others,
): boolean {
  const own = user.memberships.find(({ workspace }) => workspace === ONLY_WORKSPACE);
  const isOnlyOne = settings.workspaces.length === 1 && settings.policy.protectLastAdmin !== false;
  if (own === undefined || !isOnlyOne) return false;
  const { roles, groups } = othersIn(ONLY_WORKSPACE, others);
  if (roleSet.size > 0) {
    return own.groups.some(({ name }) => protectedRoles.includes(name) && countOf(groups, name) === 0);
  }
  return own.role === catalogs[ONLY_WORKSPACE]?.roles?.at(-1) && countOf(roles, own.role) === 0;
}

function loginWorkspace(id: string, rulebook: Rulebook, user: StoredUser | null, others: Others): LoginWorkspace {
  const stored = user?.memberships.find(({ workspace }) => workspace === id);
  const guards = guardsOf(id, rulebook, others);
  if (stored === undefined) return { id, member: "none", guards };
  return { id, member: stored.status ?? "active", membership: membershipOf(stored), guards };
}

function membershipOf({ role, roleGrantedBy, roleProvider, groups }: StoredMembership): Membership {
  return {
    role,
    ...(roleGrantedBy && { roleGrantedBy }),
    ...(roleProvider && { roleProvider }),
    groups: groups.map(({ name, grantedBy, provider }) => ({
      name,
      ...(grantedBy && { grantedBy }),
      ...(provider && { provider }),
    })),
  };
}

function guardsOf(id: string, rulebook: Rulebook, others: Others): Guards {
  const { roles, groups } = othersIn(id, others);
  if (rulebook.roleSet.size > 0) {
    return {
      lastIn: rulebook.protectedRoles.filter((role) => countOf(groups, role) === 0),
      seats: { groups: seatsOf(rulebook.limits.roles ?? {}, groups) },
    };
  }
  const top = (rulebook.catalogs[id]?.roles ?? ["admin"]).at(-1) ?? "admin";
  return { lastAdmin: countOf(roles, top) === 0 };
}

function seatsOf(limits: Record<string, number | undefined>, used: Record<string, number>): Record<string, Seat> {
  const limited = Object.entries(limits).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(limited.map(([name, limit]) => [name, { used: countOf(used, name), limit }]));
}

function othersIn(id: string, { workspaces }: Others): Others["workspaces"][string] {
  return (Object.hasOwn(workspaces, id) ? workspaces[id] : undefined) ?? { roles: {}, groups: {} };
}

/** How many have what is called so. A role may be called `constructor`, which every object has. */
function countOf(counts: Record<string, number>, name: string): number {
  return (Object.hasOwn(counts, name) ? counts[name] : undefined) ?? 0;
}
